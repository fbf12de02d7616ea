import { createMiddleware } from 'hono/factory';
import { secureHeaders } from 'hono/secure-headers';
import { isSecure } from './access/index.js';

/** How long a browser remembers to come over TLS only, in seconds: a year. */
const HSTS_SECONDS = 365 * 24 * 60 * 60;

/** What no page here needs. */
const PERMISSIONS = {
  accelerometer: [],
  camera: [],
  displayCapture: [],
  geolocation: [],
  gyroscope: [],
  magnetometer: [],
  microphone: [],
  payment: [],
  usb: [],
};

/** Headers that tell a browser what not to do with what it gets. */
export function safeHeaders(trustedProxies: number) {
  const common = secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      styleSrc: ["'self'"],
      scriptSrc: ["'self'"],
      connectSrc: ["'self'"],
      // Icons that stand in the style, and the empty one of a page: no request for /favicon.ico.
      imgSrc: ['data:'],
      formAction: ["'self'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
    permissionsPolicy: PERMISSIONS,
    // A form of ours must say where it comes from, or it is taken for another site's.
    referrerPolicy: 'same-origin',
    strictTransportSecurity: false,
    xFrameOptions: 'DENY',
  });
  return createMiddleware(async (c, next) => {
    await common(c, next);
    if (isSecure(c, trustedProxies)) c.header('Strict-Transport-Security', `max-age=${HSTS_SECONDS}`);
  });
}
