// @ts-check
// Runs in Node and in the page of an interactive report alike.
/** Numbers and dates as Chinese papers write them: 27,370; 2024年2月9日. For Vega's format and timeFormat. */
export const chineseLocale = {
  number: {
    decimal: ".",
    thousands: ",",
    grouping: [3],
    currency: ["", "元"],
    minus: "−",
  },
  time: {
    dateTime: "%Y年%-m月%-d日 %H:%M:%S",
    date: "%Y年%-m月%-d日",
    time: "%H:%M:%S",
    periods: ["上午", "下午"],
    days: ["星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"],
    shortDays: ["周日", "周一", "周二", "周三", "周四", "周五", "周六"],
    months: ["1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月"],
    shortMonths: ["1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月"],
  },
};
