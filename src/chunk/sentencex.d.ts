declare module 'sentencex' {
  /** Sentences of a text with the white space after them: joined they give the text. */
  export function segment(languageCode: string, text: string): string[];
}
