import { type Context, Hono } from 'hono';
import { deleteCookie, setCookie } from 'hono/cookie';
import { csrf } from 'hono/csrf';
import { COOKIE, nameOf } from './access.js';
import { isSecure } from './address.js';
import type { Keyring } from './keys.js';
import { SESSION_SECONDS, type Sessions } from './sessions.js';

export interface SignInOptions {
  readonly keys: Keyring;
  readonly sessions: Sessions;
  readonly trustedProxies: number;
  readonly stylesheet: string;
}

/** Where a person gives a key, once, for a cookie that no script and no other site can use. */
export function signIn({ keys, sessions, trustedProxies, stylesheet }: SignInOptions): Hono {
  const app = new Hono();
  app.get('/sign-in', (c) =>
    signInPage(c, 200, {
      signedIn: nameOf(c, { keys, sessions }) !== null,
      next: c.req.query('next'),
      stylesheet,
    }),
  );
  app.post('/sign-in', csrf(), async (c) => {
    const { key, next } = await c.req.parseBody();
    const name = typeof key === 'string' ? keys.nameOf(key.trim()) : null;
    if (name === null) return signInPage(c, 401, { refused: true, next, stylesheet });
    setCookie(c, COOKIE, sessions.issue(name), {
      httpOnly: true,
      sameSite: 'Strict',
      path: '/',
      maxAge: SESSION_SECONDS,
      secure: isSecure(c, trustedProxies),
    });
    return c.redirect(ownPath(next), 303);
  });
  app.post('/sign-out', csrf(), (c) => {
    deleteCookie(c, COOKIE, { path: '/', secure: isSecure(c, trustedProxies) });
    return c.redirect('/sign-in', 303);
  });
  return app;
}

interface SignInState extends Pick<SignInOptions, 'stylesheet'> {
  readonly signedIn?: boolean;
  /** Whether a key was given that is none of ours. */
  readonly refused?: boolean;
  /** Where to go afterwards; the address that was asked for where left out. */
  readonly next?: unknown;
}

/** The page that asks for a key, in place of the one that needs it. */
export function signInPage(
  c: Context,
  status: 200 | 401,
  { signedIn = false, refused = false, next, stylesheet }: SignInState,
): Response | Promise<Response> {
  const { pathname, search } = new URL(c.req.url);
  const target = ownPath(next ?? (pathname === '/sign-in' ? '/' : `${pathname}${search}`));
  c.header('Cache-Control', 'no-store');
  return c.html(
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        {/* The cookie does not come along with a link from another site; it does when the page asks again itself. */}
        {c.req.header('Sec-Fetch-Site') === 'cross-site' && <meta http-equiv="refresh" content="0" />}
        <title>Sign in - Paracite</title>
        <link rel="stylesheet" href={stylesheet} />
        <link rel="icon" href="data:," />
      </head>
      <body>
        <header>
          <h1>Paracite</h1>
        </header>
        <main>{signedIn ? <SignOutForm /> : <KeyForm next={target} refused={refused} />}</main>
      </body>
    </html>,
    status,
  );
}

function KeyForm({ next, refused }: { readonly next: string; readonly refused: boolean }) {
  return (
    <form action="/sign-in" method="post">
      {refused && (
        <p role="alert" id="refused">
          This key is not known here.
        </p>
      )}
      <label for="key">Key</label>
      <input
        id="key"
        name="key"
        type="password"
        autocomplete="current-password"
        required
        autofocus
        {...(refused && { 'aria-invalid': 'true', 'aria-describedby': 'refused' })}
      />
      <input type="hidden" name="next" value={next} />
      <button type="submit">Sign in</button>
    </form>
  );
}

function SignOutForm() {
  return (
    <form action="/sign-out" method="post">
      <p>
        You are signed in. <a href="/">Ask the record</a>
      </p>
      <button type="submit">Sign out</button>
    </form>
  );
}

/** A path of this server, whatever was given: nobody is sent to another site. */
function ownPath(given: unknown): string {
  return typeof given === 'string' && /^\/(?![/\\])[\x21-\x7e]*$/u.test(given) && !given.includes('\\')
    ? given
    : '/';
}
