/** Questions that the record answers, of every kind of place: text, list, footnote, front matter, over a page break. */
export const QUESTIONS = [
  'Why is prison overcrowding an obstacle?',
  'Where will the Fifteenth Congress on Crime Prevention take place?',
  'Which ambassador from Kenya chaired the discussions?',
  'How can people who report corruption be protected from retaliation?',
  'How did COVID-19 make people more vulnerable to crime and violence?',
  'What are the Mendez Principles on investigative interviewing for?',
  'Which trend to poly-criminality was observed?',
  'Which resolution has the Nelson Mandela Rules in its annex?',
  'Which authorities are responsible for money laundering investigations according to FATF recommendation 30?',
  'Where did the government panellists of 2022 come from?',
  'What do national anti-corruption strategies and independent institutions need?',
  'How should confiscated assets be re-used for society?',
  'What did Ms. Waly say that younger generations deserve?',
  'Everything about artificial intelligence',
  'What was said about fraud?',
] as const;
