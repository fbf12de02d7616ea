declare module 'sentencex' {
  /** Sentences of a text, without the white space around them. */
  export default function segment(languageCode: string, text: string): string[];
}
