// Ways out that no header closes, because the browser itself connects: none of the page's scripts names one.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { filesIn, read } from './sources.mjs';

/** Speech recognition sends the microphone to the browser's maker; the others hand over texts, tokens or addresses. */
const CONNECT_THEMSELVES = [
  'SpeechRecognition',
  'speechSynthesis',
  'SpeechSynthesisUtterance',
  'Translator',
  'LanguageDetector',
  'Summarizer',
  'LanguageModel',
  'PaymentRequest',
  'PushManager',
  'pushManager',
  'BackgroundFetch',
  'backgroundFetch',
  'periodicSync',
  'Notification',
  'geolocation',
  'navigator.credentials',
  'navigator.share',
  'registerProtocolHandler',
  'PresentationRequest',
  'RemotePlayback',
  'document.cookie',
  'cookieStore',
  'attributionSrc',
  'sharedStorage',
  'joinAdInterestGroup',
  'fetchLater',
  'WebTransport',
];

test('no script of the page names what connects past every header', () => {
  const scripts = [...filesIn('www/', '.js').map((name) => `www/${name}`), 'worker/service-worker.js'];
  assert.ok(scripts.length > 80);
  for (const name of scripts) {
    const text = read(name);
    for (const way of CONNECT_THEMSELVES)
      assert.ok(!new RegExp(`\\b\\w*${way.replace('.', '\\.')}\\b`).test(text), `${name}: ${way}`);
  }
});
