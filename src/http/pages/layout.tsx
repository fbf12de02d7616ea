import { html } from 'hono/html';
import type { Child } from 'hono/jsx';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { Assets } from './assets.js';

/** Where the navigation leads, in its order. */
const PLACES = [
  { place: 'ask', url: '/', name: 'Ask' },
  { place: 'verify', url: '/verify', name: 'Verify' },
  { place: 'digest', url: '/digest', name: 'Digest' },
  { place: 'documents', url: '/documents', name: 'Documents' },
] as const;

export type Place = (typeof PLACES)[number]['place'];

export interface LayoutProps {
  readonly assets: Assets;
  /** Of the page, without the name of the service. */
  readonly title?: string;
  /** The entry of the navigation that the page belongs to. */
  readonly place?: Place;
  /** Files of `src/client` that the page runs beside `page`, without their ending. The page is whole without them. */
  readonly scripts?: readonly string[];
  /** A class of `main`, for the page's width. */
  readonly width?: 'reading' | 'wide';
  readonly children?: Child;
}

/** Every page: what stands around its own part. The page's main heading is its own. */
export function Layout({ assets, title, place, scripts = [], width = 'reading', children }: LayoutProps) {
  return html`<!doctype html>${(
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{title === undefined ? 'Paracite' : `${title} - Paracite`}</title>
        <link rel="stylesheet" href={assets.url('style.css')} />
        <link rel="icon" href="data:," />
        {['page', ...scripts].map((name) => (
          <script type="module" src={assets.url(`${name}.js`)} />
        ))}
      </head>
      <body>
        <a class="skip" href="#main">
          Skip to the content
        </a>
        <header class="top">
          <a class="name" href="/">
            Paracite
          </a>
          <nav aria-label="Pages">
            <ul>
              {PLACES.map(({ place: own, url, name }) => (
                <li>
                  <a href={url} aria-current={own === place ? 'page' : undefined}>
                    {name}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
        </header>
        <main id="main" class={width} tabindex={-1}>
          {children}
        </main>
        <footer class="bottom">
          <p>Quotations are the record's own words, character for character.</p>
        </footer>
      </body>
    </html>
  )}` as HtmlEscapedString;
}
