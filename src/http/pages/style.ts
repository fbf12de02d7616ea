export const STYLE = `:root { color-scheme: light dark; --ink: light-dark(#1b1b1f, #e8e6e3); --paper: light-dark(#fff, #17181c); --soft: light-dark(#5a5a66, #a5a5b0); --line: light-dark(#d8d8e0, #3a3b44); --link: light-dark(#0b4f9c, #8ab8f5); --mark: light-dark(#ffe58a, #6b5600); }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 46rem; padding: 1rem; background: var(--paper); color: var(--ink); font: 1.05rem/1.6 Georgia, serif; }
a { color: var(--link); }
h1 a { color: inherit; text-decoration: none; }
h1, h2, h3, label, button, .note, figcaption { font-family: system-ui, sans-serif; }
h1 { margin: 0; font-size: 1.5rem; } header p { margin: 0 0 1rem; color: var(--soft); }
h2 { font-size: 1.25rem; } h3 { font-size: 1.05rem; }
form { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; }
label { flex-basis: 100%; } input { flex: 1 1 12rem; min-width: 0; }
input, button { font: inherit; padding: .5rem .7rem; border: 1px solid var(--line); border-radius: .3rem; background: var(--paper); color: var(--ink); }
button { cursor: pointer; }
figure { margin: 1rem 0; border-left: .25rem solid var(--line); padding-left: 1rem; }
blockquote { margin: 0; } .lead { margin: 0; color: var(--soft); }
.note, figcaption { color: var(--soft); font-size: .9rem; }
mark { background: var(--mark); color: inherit; }
.bullet { margin-left: 1.5rem; } .bullet::before { content: "– "; }
.footnote { font-size: .9rem; border-top: 1px solid var(--line); }
article:target { outline: 2px solid var(--line); outline-offset: .4rem; }
article { scroll-margin-top: 2rem; overflow-wrap: anywhere; }
`;
