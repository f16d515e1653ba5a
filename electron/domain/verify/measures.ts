/** A value in one unit of measure as it looks in another: shown = value × factor + offset. */
export interface Measure {
  readonly unit: string;
  readonly shown: string;
  readonly factor: number;
  readonly offset: number;
}

/** Pairs that differ by more than a power of ten, which is told as a scale. */
const pairs: readonly (readonly [unit: string, shown: string, factor: number, offset?: number])[] = [
  ["°C", "°F", 1.8, 32],
  ["°C", "K", 1, 273.15],
  ["bar", "psi", 14.503_773_773],
  ["kPa", "psi", 0.145_037_737_73],
  ["bar", "mH2O", 10.197_162_13],
  ["kPa", "mmHg", 7.500_615_613],
  ["kWh", "MJ", 3.6],
  ["MWh", "GJ", 3.6],
  ["kW", "hp", 1.341_022_09],
  ["m³/h", "l/s", 1 / 3.6],
  ["m³/h", "l/min", 1000 / 60],
  ["l/s", "l/min", 60],
  ["m³/h", "gpm", 4.402_867_539],
  ["l", "gal", 0.264_172_052_4],
  ["m³", "ft³", 35.314_666_72],
  ["m", "ft", 3.280_839_895],
  ["mm", "in", 1 / 25.4],
  ["m/s", "km/h", 3.6],
  ["m/s", "mph", 2.236_936_292],
  ["km/h", "mph", 0.621_371_192_2],
  ["kg", "lb", 2.204_622_622],
  ["rad", "°", 57.295_779_513],
  ["Hz", "rpm", 60],
  ["h", "min", 60],
  ["h", "s", 3600],
  ["min", "s", 60],
];

const measures: readonly Measure[] = pairs.flatMap(([unit, shown, factor, offset = 0]) => [
  { unit, shown, factor, offset },
  { unit: shown, shown: unit, factor: 1 / factor, offset: -offset / factor },
]);

/** Ways of writing one unit, all in lower case. */
const spellings: Readonly<Record<string, string>> = {
  "℃": "°c",
  degc: "°c",
  c: "°c",
  "℉": "°f",
  degf: "°f",
  f: "°f",
  "m3/h": "m³/h",
  cmh: "m³/h",
  lps: "l/s",
  lpm: "l/min",
  m3: "m³",
  deg: "°",
  "1/min": "rpm",
  "r/min": "rpm",
};

/** What a value in `unit` may be shown in by mistake; nothing where the unit is not known here. */
export function measuresOf(unit: string): readonly Measure[] {
  const wanted = spelt(unit);
  return measures.filter((one) => spelt(one.unit) === wanted);
}

function spelt(unit: string): string {
  const plain = unit.trim().toLowerCase();
  return spellings[plain] ?? plain;
}
