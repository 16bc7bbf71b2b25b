import { isKnownGivenName } from "./known-given-name.js";
import { isKnownSurname } from "./known-surname.js";

/** Whether many people bear the name, as a given name or a surname. */
export const isKnownName = (word: string): boolean => isKnownGivenName(word) || isKnownSurname(word);
