/** Two texts, whether a careful reader would say they say the same, and why. */
export type TextRow = readonly [registered: string, evidence: string, same: boolean, why: string];

export const NUMBER_ROWS: readonly TextRow[] = [
  ["212550101", "212550101", true, "equal"],
  ["212550101", "212-55-0101", true, "dashes"],
  ["212550101", "212 55 0101", true, "spaces"],
  ["212550101", "0101", true, "last four"],
  ["212550101", "***-**-0101", true, "masked"],
  ["271234567", "27-1234567", true, "EIN with dash"],
  ["212550101", "212550110", false, "neighbours swapped"],
  ["212550101", "212550102", false, "one digit"],
  ["212550101", "21255010", false, "one digit left out"],
  ["212550101", "0110", false, "last four, neighbours swapped"],
  ["212550101", "9876", false, "other last four"],
  ["212550101", "431229876", false, "other number"],
  ["212550101", "", false, "nothing"],
];

export const BIRTH_DATE_ROWS: readonly TextRow[] = [
  ["1984-03-07", "1984-03-07", true, "equal"],
  ["2001-12-31", "2001-12-31", true, "equal"],
  ["1984-03-07", "1984-07-03", false, "day and month swapped"],
  ["1984-03-07", "1948-03-07", false, "neighbours swapped"],
  ["1984-03-07", "1985-03-07", false, "one digit"],
  ["1984-03-07", "1984-03-17", false, "one digit"],
  ["1984-03-07", "1979-11-22", false, "other date"],
  ["1984-03-07", "1985-04-07", false, "two digits"],
  ["1984-03-07", "", false, "nothing"],
  ["1950-02-01", "1950-02-01", true, "equal"],
  ["1996-02-29", "1996-02-29", true, "equal"],
  ["1972-10-10", "1972-10-10", true, "equal"],
];

export const PHONE_ROWS: readonly TextRow[] = [
  ["+12125550123", "(212) 555-0123", true, "national notation"],
  ["+12125550123", "1-212-555-0123", true, "with the one"],
  ["+12125550123", "+1 212.555.0123", true, "points"],
  ["+12125550123", "212-555-0123 ext. 4", true, "extension"],
  ["+442071838750", "+44 (0)20 7183 8750", true, "trunk zero"],
  ["+12125550123", "(212) 555-0132", false, "neighbours swapped"],
  ["+12125550123", "(312) 555-0123", false, "other area"],
  ["+12125550123", "555-0123", false, "without area"],
  ["+12125550123", "+442071838750", false, "other country"],
];
