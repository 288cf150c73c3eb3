// Reads one .ics file with the reader named and prints its events as JSON: [uid, start, end, summary].
// Instants are in UTC, whole days are dates. Usage: node read.mjs ical.js|node-ical|ts-ics FILE
import { readFileSync } from "node:fs";

const [reader, file] = process.argv.slice(2);
const text = readFileSync(file, "utf8");
const instant = (date) => new Date(date).toISOString().replace(".000Z", "Z");
const localDay = (date) =>
  [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((n) => String(n).padStart(2, "0")).join("-");

async function withIcalJs() {
  const { default: ICAL } = await import("ical.js");
  const calendar = new ICAL.Component(ICAL.parse(text));
  for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
  const shown = (time) => (time.isDate ? time.toString() : instant(time.toUnixTime() * 1000));
  return calendar.getAllSubcomponents("vevent").map((component) => {
    const event = new ICAL.Event(component);
    return [event.uid, shown(event.startDate), shown(event.endDate), event.summary];
  });
}

async function withNodeIcal() {
  const { default: ical } = await import("node-ical");
  const shown = (date) => (date.dateOnly ? localDay(date) : instant(date));
  return Object.values(ical.sync.parseICS(text))
    .filter((one) => one.type === "VEVENT")
    .map((one) => [one.uid, shown(one.start), shown(one.end), one.summary]);
}

async function withTsIcs() {
  const { convertIcsCalendar } = await import("ts-ics");
  const shown = (one) => (one.type === "DATE" ? instant(one.date).slice(0, 10) : instant(one.date));
  return (convertIcsCalendar(undefined, text).events ?? []).map((one) => [
    one.uid,
    shown(one.start),
    shown(one.end),
    one.summary,
  ]);
}

const readers = { "ical.js": withIcalJs, "node-ical": withNodeIcal, "ts-ics": withTsIcs };
console.log(JSON.stringify(await readers[reader]()));
