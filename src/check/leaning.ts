/** How a sentence begins that says something only together with the one before it. */
const LEANS =
  /^(?:he|she|they|it|this|that|these|those|his|her|their|its|such|however|but|moreover|furthermore|also|in addition|additionally|therefore|thus|hence|instead|the (?:latter|former|same)|both|others?)\b/iu;
/** How one begins that speaks of somebody or something named before it; "it was noted" speaks of nothing. */
const POINTS =
  /^(?:(?:he|she|they|this|these|those|his|her|their|its|such|both|others?)\b|it (?!was|is|has been|would)|the (?:latter|former|same)\b)/iu;

/** Whether a sentence says something only together with the one before it. */
export function isLeaning(sentence: string): boolean {
  return LEANS.test(sentence);
}

/** Whether a sentence cannot be understood without the one before it. */
export function isPointingBack(sentence: string): boolean {
  return POINTS.test(sentence);
}
