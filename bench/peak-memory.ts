/** Preloaded by `node --import`: at its end a process says how much memory it had at most. */
process.on("exit", () => {
  // In kilobytes, on every system.
  process.stderr.write(`peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MB\n`);
});
