/** Preloaded by `node --import`: at its end a process says how much memory it had at most, and how long it computed. */
process.on("exit", () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  // Kilobytes and microseconds, on every system.
  const [megabytes, seconds] = [Math.round(maxRSS / 1024), (userCPUTime + systemCPUTime) / 1e6];
  process.stderr.write(`resources ${megabytes} MB ${seconds.toFixed(1)} s\n`);
});
