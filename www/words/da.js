// Dansk. De samme nøgler som på engelsk.

/** Tekster, der med rette er ens på engelsk. En prøve leder efter andre. @type {import('./index.js').Key[]} */
export const sameInEnglish = [
  'pages.menu',
  'theme.system',
  'record.stop',
  'model',
  'course.askYes',
  'list.pause',
  'print',
  'alt.plus',
  'alt.minus',
  'learn.seconds',
  'learn.ms',
  'emotion.neutral',
];

/** @type {import('./index.js').Spoken['words']} */
export const words = {
  pages: 'Sider',
  'pages.record': 'Optag',
  'pages.learn': 'Lær',
  'pages.privacy': 'Privatliv og grænser',
  'pages.menu': 'Menu',
  skip: 'Hop til resultatet',
  language: 'Sprog',
  'theme.name': 'Udseende:',
  'theme.system': 'System',
  'theme.light': 'Lyst',
  'theme.dark': 'Mørkt',
  badge: 'Ingen lyd forlader enheden',
  'badge.short': 'Kun på din enhed',
  noscript:
    'Undertone måler lyden i browseren og skal bruge JavaScript til det. Intet bliver sendt nogen steder.',
  purpose:
    'Beskriver, hvordan en stemme lyder. Ikke til diagnoser, karakterer eller beslutninger om mennesker.',
  'purpose.more': 'Hvad den ikke er til',

  'empty.sentence': 'Lyder stemmen rolig eller oppe i gear, og hvorfor?',
  'empty.lead':
    'Optag en sætning eller to. Så ser du, hvor fuld af energi stemmen lyder, altså dens aktivering (arousal), og hvad i lyden der gør det.',
  'empty.map': 'Linjerne viser, hvor de stemmer ligger, som siden har lært af. Her kommer din.',
  'empty.list': 'Her kommer dine optagelser.',

  voice: 'Stemme',
  figure: 'Resultat',
  'record.start': 'Optag',
  'record.again': 'Optag igen',
  'record.soon': 'Optager snart',
  'record.soonHint': 'når målingen er færdig.',
  'record.stop': 'Stop',
  'record.stopName': 'Stop optagelsen',
  'record.cancel': 'Fortryd',
  'record.hint': 'eller tryk **R**. Stopper selv efter 60\u00A0s.',
  'record.none': 'Kan ikke optage her',
  'files.open': 'Åbn lydfiler',
  'files.short': 'eller en gemt session',
  'files.drop': 'Slip filerne, hvor du vil.',
  'files.dismiss': 'Fjern',
  'mic.off': 'Mikrofonen er slukket',
  'mic.on': 'Mikrofonen er tændt',
  'mic.name': 'Mikrofon',
  'mic.default': 'Browserens valg',

  'record.pauseStops': 'Stop selv efter en pause',
  example: 'Prøv et eksempel',
  'example.short': 'lavet af en computer',
  'example.note': 'Lavet af en computer, ikke af et menneske.',
  'example.made': '{name} (lavet af en computer)',
  'example.calm': 'En rolig stemme',
  'example.lively': 'En livlig stemme',
  'example.whisper': 'En hurtig hvisken',
  'way.example': 'Hør et eksempel',
  'asking.label': 'Venter på din tilladelse.',
  'asking.hint': 'Se efter et spørgsmål ved adressen.',
  'recording.label': 'Optager.',
  'recording.hint': 'Sig en sætning eller to.',
  'recording.of': 'af 1:00',
  'recording.time': 'Tid',
  'meter.name': 'Lydstyrke',
  'meter.quiet': 'for svag',
  'meter.good': 'god',
  'meter.loud': 'for høj',
  'meter.clipped': 'forvrænget',
  'level.good': 'god styrke',
  'level.quiet': 'for svag',
  'level.clipped': 'forvrænget',
  working: 'Måler …',
  'working.file': '{file}: {p} %',
  'working.cancel': 'Annullér',
  cancelled: 'Fortrudt. Intet er gemt.',

  'sentence.above': 'Mere oppe i gear end {avg}.',
  'sentence.below': 'Roligere end {avg}.',
  'sentence.probablyAbove': 'Formentlig mere oppe i gear end {avg}.',
  'sentence.probablyBelow': 'Formentlig roligere end {avg}.',
  'sentence.same': 'Omtrent som {avg}.',
  avg: 'gennemsnits\u00ADstemmen',
  'lead.above':
    'Oppe i gear vil sige fuld af energi; forskere kalder det også arousal. Det kan komme af glæde, vrede eller forskrækkelse. Siden kan ikke høre forskel.',
  'lead.below':
    'Rolig vil sige lidt energi. Det kan komme af ro, tristhed eller kedsomhed. Siden kan ikke høre forskel.',
  'range.between': 'De fleste lyttere ville nok sige mellem **{lo}** og **{hi}**.',
  'range.atLeast': 'De fleste lyttere ville nok sige mindst **{lo}**.',
  'range.atMost': 'De fleste lyttere ville nok sige højst **{hi}**.',
  'range.all': 'Spændet er lige så bredt som skalaen.',
  'span.between': 'mellem {lo} og {hi}',
  'span.atLeast': 'mindst {lo}',
  'span.atMost': 'højst {hi}',
  'span.all': 'lige så bredt som skalaen',
  'range.more':
    'Spændet er sat, så {k} ud af 10 bedømmelser af stemmer fra optagelser, den aldrig havde hørt, lå inden for. For flere andre sprog var det færre; tallene står i modelkortet.',

  'heading.scale': 'Rolig eller oppe i gear',
  'heading.map': 'Hvor den lander',
  'heading.why': 'Hvorfor',
  'heading.list': 'Dine optagelser',
  'heading.checks': 'Lydens kvalitet',
  'heading.values': 'Alle 88 mål',
  'table.show': 'Vis som tabel',
  'table.close': 'Luk',
  'table.measure': 'Mål',
  'table.value': 'Værdi',
  'table.unit': 'Enhed',
  'table.moves': 'Flytter tallet',
  'table.name': 'Officielt navn',
  'table.score': 'Tal',
  'table.voice': 'Optagelse',
  'table.set': 'Samling',
  'table.speaker': 'Taler',
  'table.emotion': 'Spillet følelse',
  'table.other': 'Op og ned',
  'table.limited': 'begrænset',
  'table.note':
    'For det stykke, der er målt, som det blev optaget. »Ud af 100, lavere« tæller de optagelser, siden har lært af, der ligger lavere, når de alle er regnet om til samme styrke.',
  'scale.note': 'fra 1 til 5',
  'scale.calm': 'rolig',
  'scale.excited': 'oppe i gear',
  'scale.average': 'gennemsnitsstemmen {s}',
  'map.note': 'Hver prik er en optagelse, mærket efter det, skuespilleren skulle spille.',
  'map.upDown': 'Op og ned har intet navn.',
  'map.flat': 'Op og ned har intet navn og er tegnet fladere.',
  'map.flatOnly': 'Op og ned er tegnet fladere.',
  'map.older': 'Numre har de fem nyeste, de ældre er små.',
  'map.true': 'Rigtige proportioner',
  'map.flatter': 'Fladere',
  'map.by': 'Vis prikkerne efter',
  'map.by.emotion': 'spillet følelse',
  'map.by.corpus': 'samling',
  'map.by.none': 'uden navne',
  'map.name': 'Kort over stemmer',
  'language.german': 'tysk',
  'language.bangla': 'bengali',
  'map.entry': '{name}, {n} optagelser',
  'map.dot': 'spillet {emotion} · {set}, taler {speaker}, {language} · {s}',
  'map.disc': 'Optagelse {n} · {s}',
  'map.reference': 'prik {n}',
  'map.dotPlain': 'en optagelse at måle efter · {s}',
  'why.note': 'Hver pil flytter tallet lidt. Tilsammen fører de fra {avg} til denne stemme.',
  'why.from': 'Begynd ved',
  'why.by': 'Inddel efter',
  'why.groups': '27 grupper',
  'why.families': 'Fire familier',
  'why.more': 'De øvrige {n}',
  'why.noteTwo': 'Hver pil flytter tallet lidt. Tilsammen fører de fra optagelse {a} til {b}.',
  'why.strip':
    'Den korte streg: hvor det ligger blandt de optagelser, siden har lært af. Den tykke del er deres midterste halvdel.',
  'why.rank': '{p} ud af 100',
  'why.rankTwo': '{p} → {q} ud af 100',
  'why.lower': '{p} ud af 100 optagelser ligger lavere.',
  'why.lowerTwo': 'Først ligger {p}, så {q} ud af 100 optagelser lavere.',
  'why.values': 'Værdierne er dem, modellen hører, regnet om til samme styrke.',
  'why.average': 'Gennemsnitsstemmen',
  'why.other': 'De øvrige {n} tilsammen',
  'why.voice': 'Denne stemme',

  'heading.changed': 'Hvad der ændrede sig',
  'heading.mapTwo': 'Hvor de lander',
  compare: 'Sammenlign to',
  'compare.end': 'Afslut sammenligning',
  'compare.swap': 'Byt om',
  'compare.hint': 'Sæt kryds ved to.',
  'compare.tick': 'Sammenlign {name}',
  'compare.more': 'Nummer {b} er mere oppe i gear end nummer {a}.',
  'compare.less': 'Nummer {b} er roligere end nummer {a}.',
  'compare.same': 'Nummer {a} og {b} er omtrent ens.',
  'compare.by': 'Forskellen er **{d}**.',
  'compare.near': 'Forskellen er {d}. Det er for lidt til at afgøre, hvilken der lyder mest oppe i gear.',
  'compare.order':
    'Af 100 sådanne par fra samme stemme, som lyttere kunne høre forskel på, hørte de {k} i den rækkefølge og {o} omvendt.',
  'compare.orderMost':
    'Af 100 sådanne par fra samme stemme, som lyttere kunne høre forskel på, hørte de over 99 i den rækkefølge.',
  'compare.orderNoisy': 'Hvor tit lyttere ville høre den rækkefølge i støj, er ikke målt.',
  'compare.speakers':
    'To stemmer er forskellige af mange grunde, så intet tal siger, hvor sikker rækkefølgen er.',
  'compare.twoSpeakers': 'To forskellige talere?',
  'compare.oneSpeaker': 'Samme taler',
  'compare.most': '{group} betød mest.',
  'compare.scaleNote': '{a} stiplet, {b} i gult',
  'compare.mapNote': 'Linjen er vejen fra {a} til {b}. Vandret tæller med i tallet, lodret gør ikke.',
  'compare.care': '({n}) {text}',

  model: 'Model',
  'model.unsupervised':
    'Overladt til sig selv.|Den har kun lært at tegne stemmer ud fra to tal; ingen har sagt, hvad den skulle kigge efter.',
  'model.metric-cluster':
    'Lært op i at sortere.|Den skulle samle stemmer med samme spillede følelse og holde de andre adskilt.',
  'model.metric-act':
    'Lært op i aktivering.|Den skulle ordne stemmerne fra venstre mod højre efter, hvor meget oppe i gear de lød for lytterne.',
  'model.metric-val':
    'Lært op i behag.|Den skulle ordne stemmerne fra venstre mod højre efter, hvor behagelige de lød for lytterne. Til studiebrug; siden slutter ikke noget af det.',
  'model.noScore': 'Derfor har den ingen skala, og ingen retning på dens kort har et navn.',
  'heading.axis': 'Kortets egen akse',
  'axis.note': 'i modellens enheder, 0 er gennemsnits\u00ADstemmen',
  'axis.unpleasant': 'ubehagelig',
  'axis.pleasant': 'behagelig',
  'table.across': 'Fra venstre mod højre',
  'table.rank': 'Ud af 100, lavere',
  'map.noteDots': 'Hver prik er en optagelse, mærket efter det, skuespilleren skulle spille.',
  'map.noteFree':
    'Kortet ligger med den lange side vandret. Den stiplede pil er kommet til bagefter: Den viser, hvilken vej stemmerne kommer mere op i gear, så godt som en tilpasset linje kan se det.',
  'map.noteValence': 'Mod højre: det, lyttere fandt behageligt, så godt som modellen har lært det.',
  'map.dotNamed': 'spillet {emotion} · {set}, taler {speaker}, {language}',
  'map.dotOnly': 'en optagelse at måle efter',
  'heading.read': 'Aflæst bagefter',
  'heading.whyThere': 'Hvorfor den ligger dér',
  'why.noteRead':
    'Modellen har intet fået at vide om aktivering. Bagefter er en linje lagt gennem kortet efter, hvor meget oppe i gear stemmerne lød for lytterne. Her står, hvad linjen aflæser, og af hvilke træk.',
  'why.noteValence':
    'Hver pil flytter stemmen lidt mod venstre eller højre på kortet. Det viser, hvad modellen går efter, ikke hvordan stemmen er.',
  'why.marks': 'Fra 1, rolig, til 5, oppe i gear',
  'compare.places': 'Her lander optagelse {a} og {b}.',

  acoustics: 'Kun akustik, uden tal på skalaen',
  'acoustics.on': 'Kun akustik: Siden måler lyd og giver ingen bedømmelse.',
  'acoustics.off': 'Bedømmelsen vises igen.',
  'acoustics.turnOff': 'Slå fra',
  'acoustics.empty': 'Hvad er der i lyden af en stemme?',
  'acoustics.emptyLead': 'Optag en sætning eller to. Så ser du lyden som et billede og 88 mål for den.',
  'acoustics.sentence': 'En tone omkring {mid} Hz.',
  'acoustics.lead':
    'Det meste af tiden ligger den mellem **{lo}** og **{hi}** Hz. Optagelsen er {d} s lang, med stemme i {p} % af det stykke, der er målt.',
  'acoustics.use':
    'Her måler Undertone lyden af en stemme og bedømmer intet: Intet neuralt netværk hører den, og der er intet tal på nogen skala. Af modellens fil bruges kun referencestemmernes værdier, til at vise, hvor almindeligt hvert mål er. Undertone er lavet til at lære, undervise, forske og være nysgerrig med.',
  'example.number': 'Eksempel {n}',

  'bar.list': 'Liste',
  'bar.micOff': 'Mikrofon fra',
  'bar.listen': 'Hør',
  'list.many': 'Dine {n} optagelser',
  'list.course': 'Optagelserne i rækkefølge',
  'list.voice': 'Optagelse {n}',
  'list.noScore': 'intet tal',
  'list.listen': 'Hør den',
  'list.pause': 'Pause',
  'list.delete': 'Slet',
  'list.deleteName': 'Slet optagelse {n}',
  'list.deleted': 'Optagelse {n} er slettet.',
  'list.undo': 'Fortryd',
  'list.rename': 'Omdøb',
  'list.renameName': 'Omdøb optagelse {n}',
  'list.nameOf': 'Navn på optagelse {n}',
  'say.renamed': 'Optagelse {n} hedder nu {name}.',
  'take.noSound': 'Gemt uden lyd: Her er kun tallene.',
  'list.keep': 'Ligger nu kun i denne fane. Siden spørger, før du lukker den.',
  keep: 'Gem på enheden',
  'keep.here': 'Gemt her: {n} optagelser, {size}. Andre, der bruger browseren, kan åbne dem.',
  'keep.hereOne': 'Gemt her: én optagelse, {size}. Andre, der bruger browseren, kan åbne den.',
  'keep.delete': 'Slet det, der er gemt',
  'keep.deleted': 'Slettet fra enheden.',
  'keep.refused': 'Browseren gemmer ikke noget her ({reason}). Gem en fil i stedet.',
  'keep.name': 'Gemt på enheden',
  'keep.about':
    'Optagelserne ligger i denne fanes hukommelse. Hvis du vil, gemmer browseren lyd, resultater og navne, og så er de her igen, når du åbner siden. Andre, der bruger browseren, kan også åbne dem. »Glem alt« sletter dem; ellers gemmes kun sprog, udseende og dine valg.',
  'channels.label': '{n} kanaler, målt på:',
  'channels.taken': '{n} kanaler: {c}',
  'channels.mean': 'deres gennemsnit',
  'channels.left': 'den venstre',
  'channels.right': 'den højre',
  'channels.number': 'kanal {k}',
  'channels.silent': '**En kanal er stum.** Det gør gennemsnittet svagere.',
  'channels.cancel': '**Kanalerne ophæver hinanden.** Der er ikke meget tilbage af gennemsnittet.',
  'channels.levels': '**En kanal er langt kraftigere.** Der er mere end 20 dB imellem dem.',
  'channels.unlike':
    '**Kanalerne er forskellige.** Måske taler to mennesker, og gennemsnittet er ingen af stemmerne.',
  'channels.choose': 'Vælg en kanal under billedet af lyden.',
  'channels.reopen': 'Åbn filen igen for at vælge en kanal.',
  'say.channel': 'Målt på: {c}. {result}',
  'take.pitch': 'stemmens tone',
  'take.region': 'Målt fra {a} til {b} s; resten er stilhed.',
  save: 'Gem …',
  'save.title': 'Gem',
  'save.csv': 'Tal (CSV)',
  'save.json': 'Det hele (JSON)',
  'save.wav': 'Lyd (WAV)',
  'save.svg': 'Figur (SVG)',
  'save.png': 'Figur (PNG)',
  'save.sound': 'med lyden i',
  'save.again': 'JSON-filen kan åbnes her igen.',
  'save.this': 'Denne optagelse',
  'save.all': 'Alle optagelser',
  'save.done': 'Gemt: {name}',
  print: 'Print',
  'save.print': 'Én side (print eller PDF)',
  'paper.name': 'Navn',
  'paper.above': '{d} dB over støjen',
  'paper.range': 'skraveret: spændet',
  'paper.two': 'stiplet: spændet for {a}; skraveret: det for den anden',
  'paper.map': 'Linjerne omslutter 95, 80, 60, 40 og 20 ud af 100 af de optagelser, siden har lært af.',
  'paper.sound': 'Lyden',
  'paper.soundNote': '0 til 5.000 Hz; linjen er stemmens tone, 60 til 800 Hz',
  'paper.learned': 'Den har lært af voksne, der spillede roller, på tysk og bengali.',
  'paper.device': 'målt på den enhed, der har printet; ingen lyd har forladt den',
  'paper.page': 'Side 1 af 1',

  'course.start':
    'En samtale',
  'course.startNote':
    'op til 30 minutter, delt ved pauserne',
  'course.ask':
    'Optag en samtale',
  'course.askRoom':
    'Alle i rummet skal vide det og sige ja. Er det børn, så spørg deres forældre.',
  'course.askWhat':
    'Siden deler ved pauserne og giver hver ytring et tal ud fra lyden; den genkender hverken, hvem der taler, eller hvad der bliver sagt. Intet forlader enheden.',
  'course.askYes':
    'Start',
  'course.askNo':
    'Ikke nu',
  'course.recording':
    'Optager en samtale.',
  'course.everyone':
    'Alle her skal vide, at den er tændt. En ytring får sit tal, kort efter at en pause på et halvt sekund har sluttet den.',
  'course.of':
    'af 30:00',
  'course.goingOn':
    'nummer {n}, stadig i gang',
  'course.newest':
    'nummer {n}, {s}',
  'course.soFarOne':
    'Én ytring indtil nu. Sæt stemme på bagefter, eller tryk 1 til 4 nu.',
  'course.soFar':
    '{n} ytringer indtil nu, {k} uden tal. Sæt stemme på bagefter, eller tryk 1 til 4 nu.',
  'course.cover':
    'Skjul tallene',
  'course.uncover':
    'Vis tallene',
  'course.roomGood':
    'Talen ligger {d} dB over støjen i rummet: godt.',
  'course.roomBad':
    'Talen ligger {d} dB over støjen i rummet: for lidt. Gå tættere på, eller find et mere stille rum.',
  'course.awake':
    'Skærmen bliver ved med at være tændt.',
  'course.keepAwake':
    'Hold skærmen tændt: Optagelsen slutter, når den låser.',
  'course.minute':
    'Et minut igen.',
  'course.full':
    'De 30 minutter er gået. Her er forløbet.',
  'course.throw':
    'Smid {m} minutter væk?',
  'course.throwText':
    'Så er det, der er hørt indtil nu, væk.',
  'course.throwYes':
    'Smid væk',
  'course.throwNo':
    'Fortsæt',
  'course.sayStart':
    'Optager en samtale. Mikrofonen er tændt.',
  'course.sayMinutes':
    '{m} minutter, {n} ytringer.',
  'course.sayMeasured':
    '{n} ytringer. {sentence} {u} usikre, {k} uden tal.',
  'course.near':
    '{n} ytringer, de fleste omkring {m}.',
  'course.between':
    '{n} ytringer, de fleste mellem {a} og {b}.',
  'course.one':
    'Én ytring med et tal, {m}.',
  'course.noScores':
    '{n} ytringer, ingen med et tal.',
  'course.acoustics':
    '{n} ytringer.',
  'course.lead':
    '{t}, delt ved pauserne. Mest oppe i gear er nummer {i} med **{s}**, roligst er nummer {j} med **{r}**. En forskel på under 0,3 siger ingenting. Sammenlign kun en stemme med sig selv: To mennesker er forskellige af mange grunde.',
  'course.leadPlain':
    '{t}, delt ved pauserne.',
  'course.noisy':
    '**Støj i rummet.** De fleste ytringer ligger mindre end 20 dB over støjen. Tag hele forløbet med et gran salt.',
  'course.none':
    '**For meget støj til at give tal.** Delene er her, og du kan høre dem.',
  'course.title':
    'Forløbet',
  'course.list':
    'Ytringer',
  'course.unscored':
    'uden tal',
  'course.uncertain':
    'usikker',
  'course.rangeOfOne':
    'spænd for én: ±{d}',
  'course.stretches':
    'Sammenlign to stræk',
  'course.split':
    'Sådan er den delt',
  'course.pause':
    'ved pauser på {d} s',
  'course.recutAsk':
    'Skal den deles på ny?',
  'course.recutText':
    'Det, du selv har samlet, delt, flyttet eller navngivet, går tabt.',
  'course.recutYes':
    'Del på ny',
  'course.recutNo':
    'Behold den',
  'course.whole':
    'Det hele',
  'course.asOne':
    'Som én lyd',
  'course.asCourse':
    'Her er {n} ytringer. Vis dem én for én',
  'course.utterances':
    '{n} ytringer',
  'course.voices':
    'Stemmer …',
  'course.whose':
    'Hvem taler',
  'course.parent':
    'voksen',
  'course.child':
    'barn',
  'course.addVoice':
    'Tilføj en stemme',
  'course.voiceName':
    'Navn på stemme {n}',
  'course.nobody':
    'uden navn',
  'course.allWithout':
    'Alle uden stemme',
  'course.youSay':
    'Du siger, hvem det er; siden genkender ingen. Navnet bliver i optagelsen og dens filer.',
  'course.name':
    'Forløb, {n} ytringer',
  'course.alt':
    '{k} ytringer med tal på {t}. Halvdelen ligger mellem {a} og {b}. Højest nummer {i} med {s}, lavest nummer {j} med {r}. Uden tal: {o}.',
  'course.at':
    'ved {t}',
  'course.minutes':
    '{m} min. {s} s',
  'course.from':
    'Udsnit fra',
  'course.to':
    'Udsnit til',
  'course.seconds':
    '{d} sekunder',
  'course.utterance':
    'Ytring {n}',
  'course.before':
    'Ytringen før',
  'course.after':
    'Ytringen efter',
  'course.span':
    '{a} til {b}',
  'course.edges':
    'Kanter',
  'course.join':
    'Saml',
  'course.joinName':
    'Saml ytring {n} og {m}',
  'course.splitHere':
    'Del',
  'course.leaveOut':
    'Udelad',
  'course.takeIn':
    'Tag med',
  'course.voice':
    'Stemme',
  'course.edgesTitle':
    'Ytring {n}: kanterne.',
  'course.edgesLead':
    'Flyt kanterne, del den, eller saml den med en nabo. Det, der ændrer sig, bliver målt igen, og alt kan fortrydes.',
  'course.edgeStart':
    'Start på ytring {n}',
  'course.edgeEnd':
    'Slut på ytring {n}',
  'course.splitAt':
    'Del ved stregen',
  'course.line':
    'Streg at dele ved',
  'course.back':
    'Tilbage til forløbet',
  'course.undo':
    'Fortryd',
  'course.redo':
    'Gentag',
  'course.cannotSplit':
    'Hver del skal være mindst 0,3 s.',
  'course.wasBefore':
    'Før ændringen var det {s}.',
  'course.sayJoined':
    'Samlet: nu nummer {n}.',
  'course.saySplit':
    'Delt: nummer {n} og {m}.',
  'course.sayOut':
    'Nummer {n} er udeladt.',
  'course.sayIn':
    'Nummer {n} er med igen.',
  'course.sayUndone':
    'Fortrudt.',
  'course.sayMoved':
    'Nummer {n}: {span}.',
  'course.hint':
    '← → vælg, Enter kanter, P hør, J saml, X udelad, 1 til 4 stemme',
  'course.mapNote':
    'Alle optagelsens ytringer. Linjen forbinder dem, der ligger omkring nummer {n} og har samme stemme, når der højst er 30 s imellem.',
  'course.mapDisc':
    'Ytring {n} · {s}',
  'course.dragFirst':
    'Træk hen over det første stræk, eller hold Shift nede, tryk ← →, og så Enter.',
  'course.dragSecond':
    'Og så det andet.',
  'course.stretch':
    '{l}: {a} til {b}',
  'course.endStretches':
    'Afslut sammenligningen',
  'course.calmer':
    'Stemmen »{v}« lyder roligere i B end i A.',
  'course.more':
    'Stemmen »{v}« lyder mere oppe i gear i B end i A.',
  'course.probably-calmer':
    'Stemmen »{v}« lyder formentlig roligere i B end i A.',
  'course.probably-more':
    'Stemmen »{v}« lyder formentlig mere oppe i gear i B end i A.',
  'course.same':
    'Stemmen »{v}« lyder omtrent ens i A og B.',
  'course.few':
    'Stemmen »{v}« har for få ytringer: {a} i A, {b} i B. Der skal fem til i hvert.',
  'course.means':
    'I snit {a} i A og {b} i B. Tager man én ytring fra hvert stræk, ligger B lavest i {k} ud af 100 par.',
  'course.onlyItself':
    'Hver stemme sammenlignes kun med sig selv.',
  'course.changes':
    'Det, der ændrede sig mest: {list}.',
  'course.pauseInside':
    '**Der er en pause på {d} s i den.**',
  'course.byHand':
    'Kanterne er sat i hånden.',
  'course.noUtterance':
    'Ingen ytring fundet.|Der kom kun stilhed eller støj igennem.',
  'course.csv':
    'Ytringer (CSV)',
  'course.textGrid':
    'Til Praat (TextGrid)',
  'course.tableState':
    'Tilstand',
  'course.start_s':
    'Fra',
  'course.end_s':
    'Til',
  'course.inTable':
    'Ytring',
  'course.done': 'Færdig',
  'none.too_short':
    'For kort til at få et tal.',
  'none.too_noisy':
    'For meget støj til at få et tal.',
  'none.no_tone':
    'Ingen tone, så intet tal.',
  'none.unmeasured':
    'Den kunne ikke måles.',
  'none.out':
    'Udeladt i hånden.',
  'none.lead':
    'Du kan høre den, samle den med en nabo eller flytte kanterne.',
  'why.too_short':
    'for kort',
  'why.too_noisy':
    'for meget støj',
  'why.no_tone':
    'ingen tone',
  'why.unmeasured':
    'ikke målt',
  'why.out':
    'udeladt',
  'why.short':
    'under 1,5 s',
  'why.too_quiet':
    'svag',
  'why.clipped':
    'forvrænget',
  'why.noisy':
    'støj',
  'why.reverberant':
    'rumklang',
  'why.telephone_band':
    'telefon',
  'why.little_voice':
    'lidt stemme',
  'why.not_spoken':
    'ikke talt',
  'why.unlike_reference':
    'uvant stemme',
  forget: 'Glem alt',
  'forget.ask': 'Skal alt glemmes?',
  'forget.text': 'Alle {n} optagelser forsvinder for altid.',
  'forget.textOne': 'Én optagelse forsvinder for altid.',
  'forget.yes': 'Glem alt',
  'forget.no': 'Behold',
  'forget.done': 'Alt er glemt.',

  'check.duration': 'Længde',
  'check.speech': 'Tale',
  'check.level': 'Talens styrke',
  'check.peak': 'Højeste udslag',
  'check.clipped': 'Målepunkter ved grænsen',
  'check.dc': 'Nulpunktsfejl',
  'check.snr': 'Tale over støj',
  'check.room': 'Rum',
  'check.line': 'Toner over 4 kHz',
  'check.manner': 'Talt, ikke sunget eller leet',
  'check.voiced': 'Tid med stemme',
  'check.pitch': 'Toneleje',
  'check.pitchValue': '{lo} til {hi} Hz, midten ved {mid} Hz',
  'check.limited': 'Mål, der er begrænset',
  'check.of88': '{n} af 88',
  'check.microphone': 'Mikrofon',
  'check.rate': 'Samplingsrate',
  'check.echo': 'Ekkodæmpning',
  'check.noise': 'Støjdæmpning',
  'check.gain': 'Styrkeregulering',
  'check.noNoise': 'ingen støj',
  'check.on': 'til',
  'check.off': 'fra',
  'check.unknown': 'ikke oplyst',
  'check.good': 'god',
  'check.care': 'med forbehold',
  processing: 'Browseren ændrer lyden: {what}. Det kan flytte resultatet.',
  'processing.echo': 'ekko',
  'processing.noise': 'støj',
  'processing.gain': 'styrke',

  'flag.short':
    '**Kort.** Kun {d} s tale. Med så lidt afhænger tallet af, hvilket ord der bliver sagt. En hel sætning på to-tre sekunder siger mere.',
  'flag.shortPlace': '**Kort.** Kun {d} s tale. En hel sætning på to-tre sekunder siger mere.',
  'flag.too_quiet': '**Svag.** Gå tættere på mikrofonen, og prøv igen.',
  'flag.clipped': '**Forvrænget.** Lyden var for kraftig til mikrofonen. Gå lidt væk fra den.',
  'flag.noisy': '**Støj.** En stor del af lyden er ikke stemmen. Prøv et mere stille rum.',
  'flag.reverberant':
    '**Rummet runger.** Rummet klinger videre efter stemmen. Gå tættere på mikrofonen, eller find et rum med gardiner og tæpper.',
  'flag.telephone_band':
    '**Telefon?** Det lyder som en telefonlinje: De høje toner mangler. Så er tallet mindre præcist. En optagelse med mikrofon siger mere.',
  'flag.telephonePlace':
    '**Telefon?** Det lyder som en telefonlinje: De høje toner mangler. En optagelse med mikrofon siger mere.',
  'flag.not_spoken':
    '**Ikke talt?** Det lyder mere som latter, gråd, sang eller råb end som tale. Tallet er lavet til tale, så tag det med et gran salt. Sig en sætning, og sammenlign.',
  'flag.notSpokenPlace':
    '**Ikke talt?** Det lyder mere som latter, gråd, sang eller råb end som tale. Siden er lavet til tale. Sig en sætning, og sammenlign.',
  'flag.little_voice':
    '**Lidt stemme.** Der er kun stemme i {p} % af tiden. En hvisken har ingen tone at måle på.',
  'flag.unlike_reference':
    '**Uvant stemme.** Lyden ligner ikke de stemmer, siden har lært af. Tag tallet med et gran salt.',
  'flag.unlikePlace':
    '**Uvant stemme.** Lyden ligner ikke de stemmer, siden har lært af. Tag det, modellen får ud af den, med et gran salt.',
  'flag.extremes':
    '**Noget usædvanligt i lyden.** Støj, musik eller en stemme til kan gøre det; hør den igen. {n} af 88 mål ligger langt udenfor og er begrænset.',

  'notice.limit': 'De 60 sekunder er gået. Her er resultatet.',
  'notice.unplugged': 'Mikrofonen forsvandt. Det, der nåede at komme med, er gemt.',
  'notice.interrupted': 'Afbrudt af enheden. Optagelsen sluttede ved {t}.',
  'notice.gone': '{name} er væk. Bruger {other} i stedet.',
  'notice.silent':
    'Der kommer ingen lyd fra {name}. Er den slået fra, eller er det den forkerte? Vælg en anden.',
  'notice.busy': 'Lige et øjeblik. Kom med filerne igen, når det her er færdigt.',

  'problem.denied':
    'Browseren har lukket for mikrofonen.|Siden har ikke fået lov til at lytte. Intet er optaget.|Tryk på hængelåsen eller ikonet til venstre for adressen.|Find **Mikrofon**, og vælg **Tillad**.|Kom tilbage hertil, og prøv igen.',
  'problem.dismissed': 'Spørgsmålet blev lukket.|Tryk Optag, og vælg **Tillad**. Intet er optaget.',
  'problem.system':
    'Computeren giver ikke browseren lov til at bruge mikrofonen.|Giv lov i systemets indstillinger for privatliv. Intet er optaget.',
  'problem.none': 'Der er ingen mikrofon.|Sæt en i, så opdager siden det selv.',
  'problem.busy': 'Et andet program bruger mikrofonen.|Luk opkald og optagere, og prøv igen.',
  'problem.insecure':
    'Mikrofonen åbner kun på en sikker adresse (https eller localhost).|Filer virker også her.',
  'problem.unsupported': 'Browseren kan ikke optage her.|Filer og eksempler virker.',
  'problem.worklet': 'Her er der spærret for optagelse, men filer virker.|Genindlæs for at prøve igen.',
  'problem.unplugged': 'Mikrofonen forsvandt.|Intet er optaget.',
  'problem.interrupted': 'Afbrudt af enheden.|Intet er optaget.',
  'problem.other': 'Mikrofonen kom ikke i gang.|Prøv igen, eller åbn en fil.',
  'problem.little_speech':
    'For lidt tale til at måle på.|Der var kun {a} s tale i optagelsen. Sig mindst en hel sætning.',
  'problem.too_short': 'For kort til at blive målt.|Sig mindst én hel sætning.',
  'problem.silent': 'Der kom kun stilhed igennem.|Tjek mikrofonen, og prøv igen.',
  'problem.no_voice': 'Der er lyd, men ingen stemme.|Tal med tone på; hvisken er ikke nok.',
  'problem.other_measures':
    'Målt efter en anden liste over mål.|Dem kan siden ikke læse. Åbn selve lyden, så bliver den målt her.',
  'problem.load':
    'En del af siden kunne ikke hentes ({part}).|Forbindelsen kan være røget, eller noget holder filen tilbage. Genindlæs. Hjælper det ikke, så prøv et andet netværk eller en anden browser.',
  'problem.start':
    'Hele siden er hentet, men måledelen går ikke i gang.|Genindlæs. Hjælper det ikke, så opdatér browseren, eller prøv en anden. Går den heller ikke i gang dér, er fejlen sidens: Sig det gerne til os.',
  'problem.model':
    'Modellen passer ikke til denne udgave af siden ({what}).|Målene virker, bedømmelsen gør ikke.',
  'problem.unexpected': 'Noget gik galt her; det var ikke din skyld.|Dine optagelser er her stadig.',
  'problem.heard': 'Hørt: {d} s, højst {l} dBFS.',
  'problem.name': 'Hvis du spørger om hjælp: Fejlen hedder {name}.',
  'file.unreadable':
    '{file}: lyden i den ({kind}) kan ikke læses her. Lav filen om til WAV eller FLAC, for eksempel med Audacity eller VLC.',
  'file.encoding':
    '{file}: {kind}, men lyden er gemt på en måde, der ikke kan læses her. Gem den igen som almindelig WAV (PCM) eller som FLAC, for eksempel med Audacity eller VLC.',
  'file.unknownRate':
    '{file}: den siger ikke, hvor mange målepunkter den har i sekundet, og et gæt ville ændre resultatet. Lav den om til WAV eller FLAC, for eksempel med Audacity eller VLC.',
  'file.otherRate':
    '{file}: browseren kan ikke læse den med dens egne {r} målepunkter i sekundet. Lav den om til WAV eller FLAC, for eksempel med Audacity eller VLC.',
  'file.lowRate':
    '{file}: {r} målepunkter i sekundet er for få til at høre en stemme på; der skal mindst 8.000 til. Find en bedre udgave.',
  'file.highRate': '{file}: {r} målepunkter i sekundet er flere, end der kan bruges her. Gem den med 48.000.',
  'file.damaged': '{file}: filen er beskadiget. Kopiér eller eksportér den igen.',
  'file.empty': '{file}: tom. Kopiér eller eksportér den igen.',
  'file.zeros': '{file}: der er kun nuller i den. Kopiér eller eksportér den igen.',
  'file.gone': '{file}: kan ikke åbnes. Er den flyttet eller ændret?',
  'file.large':
    '{file}: over {m} MB, og det er for stort til at åbne her. Som WAV eller FLAC må den være større.',
  'file.long': '{file}: {m} minutter lang; de første {l} er målt.',
  'file.longer': '{file}: længere end {l}; resten er ikke taget med.',
  'file.cut': '{file}: afkortet efter {p} af {d} s. Det, der er, er målt.',
  'file.cutOff': '{file}: afkortet efter {p} s. Det, der er, er målt.',
  'file.text': '{file}: der er tekst i den, ikke lyd.',
  'file.image': '{file}: et billede, ikke en lyd.',
  'file.archive': '{file}: pakket. Pak den ud, og åbn lydene i den.',
  'file.midi': '{file}: der er noder i den (MIDI), ikke lyd.',
  'file.noSound': '{file}: en video uden lyd.',
  'file.notSound':
    '{file}: ikke en lydfil, der kendes her. Er det alligevel en, så lav den om til WAV eller FLAC.',
  'file.failed': '{file}: noget gik galt, mens den blev læst. Prøv igen.',
  'file.too_short': '{file}: for kort til at blive målt.',
  'file.silent': '{file}: kun stilhed.',
  'file.no_voice': '{file}: lyd, men ingen stemme.',
  'file.notOurs': '{file}: ikke gemt af Undertone, eller fra en nyere version ({v}).',
  'file.back': '{file}: {n} optagelser er her igen.',
  'file.backOne': '{file}: én optagelse er her igen.',
  'file.again': '{file}: {k} af {n} er der i forvejen. Tilføjet: {m}.',
  'file.allAgain': 'Tilføj alle igen',
  'way.again': 'Prøv igen',
  'way.file': 'Åbn en lydfil i stedet',
  'way.reload': 'Genindlæs',
  'way.copy': 'Kopiér detaljer',
  'way.copied': 'Kopieret.',

  'say.start': 'Optager. Mikrofonen er tændt.',
  'say.soon': 'Optagelsen begynder, så snart målingen er færdig.',
  'say.notSoon': 'Ingen ny optagelse.',
  'say.ten': 'Ti sekunder igen.',
  'say.quiet': 'For svagt.',
  'say.loud': 'For højt.',
  'say.good': 'Nu er styrken god.',
  'say.stop': 'Stoppet. Mikrofonen er slukket.',
  'say.result': 'Optagelse {n}: {sentence} {s} på skalaen til 5, {range}. {remarks}',
  'say.remarks': '{n} bemærkninger.',
  'say.remark': 'Én bemærkning.',
  'say.noRemarks': 'Ingen bemærkninger.',
  'say.noScore': 'Optagelse {n}: {sentence} {remarks}',
  'say.read': 'Alle {n} optagelser er aflæst igen.',
  'say.readOne': 'Én optagelse er aflæst igen.',
  'say.deleted': 'Optagelse {n} er slettet. Du kan fortryde.',

  'alt.picture':
    'Lydbillede, {d} sekunder. Stemme i {p} % af tiden. Tonen ligger mellem {lo} og {hi} Hz, midten ved {mid} Hz.',
  'alt.pictureNoPitch': 'Lydbillede, {d} sekunder. Ingen tone fundet.',
  'alt.scale':
    '{s} på en skala fra 1, rolig, til 5, oppe i gear. Spændet er {range}. Gennemsnitsstemmen ligger på {avg}.',
  'alt.scaleEmpty': 'En skala fra 1, rolig, til 5, oppe i gear. Gennemsnitsstemmen ligger på {avg}.',
  'alt.map': 'Optagelse {n} ligger på {s} fra venstre mod højre og {v} {side} midten, {place}.',
  'alt.mapOthers': 'Andre: {list}.',
  'alt.mapOther': 'optagelse {n} på {s}',
  'alt.above': 'over',
  'alt.below': 'under',
  'alt.dense': 'hvor prikkerne ligger tæt',
  'alt.sparse': 'hvor prikkerne ligger spredt',
  'alt.outside': 'uden for prikkerne',
  'alt.why': 'Fra gennemsnitsstemmens {avg} til {s}. Mest opad: {up}. Mest nedad: {down}. I alt {sum}.',
  'alt.scaleTwo':
    'På en skala fra 1, rolig, til 5, oppe i gear: optagelse {a} på {s}, {range}; optagelse {b} på {s2}, {range2}.',
  'alt.mapTwo': 'Optagelse {a} ligger på {s} fra venstre mod højre, optagelse {b} på {s2}.',
  'alt.whyTwo':
    'Fra {avg}, optagelse {a}, til {s}, optagelse {b}. Mest opad: {up}. Mest nedad: {down}. I alt {sum}.',
  'alt.axis': 'Kortets egen akse, fra {lo} til {hi}, talt fra gennemsnitsstemmen.',
  'alt.mapOwn':
    'Talt fra gennemsnitsstemmen ligger optagelse {n} på {x} fra venstre mod højre og {y} opad, {place}.',
  'alt.mapOtherOwn': 'optagelse {n} på {x} og {y}',
  'alt.plus': 'plus {x}',
  'alt.minus': 'minus {x}',
  'alt.nothing': 'intet',

  'learn.title': 'Fra lyd til to tal',
  'learn.titleMeasured': 'Fra lyd til 88 tal',
  'learn.steps': 'Trin',
  'learn.try': 'Prøv det her',
  'learn.back': 'Tilbage',
  'learn.next': 'Videre',
  'learn.end': 'Prøv med din egen stemme',
  'learn.count': '{n} af {of}',
  'learn.link': 'Kopiér et link til dette trin',
  'learn.wait': 'Lytter nøje …',
  'learn.failed': 'Trinnet kunne ikke vises. Genindlæs siden.',
  'learn.own': 'Vist med **{name}**.',
  'learn.with': 'Vist med',
  'learn.example': 'Vist med en stemme, der er lavet af en computer.',
  'learn.choose': 'Optagelse, der følges',
  'learn.noSound': 'Optagelse {n} er gemt uden sin lyd. Vist med en stemme, der er lavet af en computer.',
  'learn.record': 'Optag din egen',
  'learn.another': 'Optag en til',
  'learn.place': 'Tidspunkt',
  'learn.seconds': '{s} s',
  'learn.ms': '{n} ms',
  'learn.picture': 'Lydbillede',
  'learn.pictureRange': '0 til 5.000 Hz',
  'learn.wave':
    'Luft i bevægelse|Luft i bevægelse.|En stemme skubber luften frem og tilbage, hundrede gange i sekundet og mere. Mikrofonen skriver ned hvor langt: 16.000 tal for hvert sekund. Mere end det får siden aldrig at vide.|Zoom ind, til bølgerne gentager sig: Det er en tone.',
  'learn.zoom': 'Stykke, der vises',
  'learn.wave.far': 'Du ser {d} på én gang. Herfra ser man kun, hvor det er kraftigt, og hvor det er svagt.',
  'learn.wave.tone': 'Her gentager bølgerne sig omkring {hz} gange i sekundet: en tone.',
  'learn.wave.noTone': 'Her er der intet, der gentager sig: ingen tone.',
  'learn.wave.alt': 'Lydbølge fra {from} til {to} s.',
  'learn.windows':
    'Tynde skiver|Tynde skiver.|Tale skifter hele tiden. Derfor skæres den i skiver, der er så korte, at lyden når at stå stille. Der begynder en ny hvert 10. millisekund: 20 ms til klangen, 60 til tonen. Kanterne toner ud.|Gør vinduet længere: skarpere tone, mere sløret tid.',
  'learn.windows.length': 'Vinduets længde',
  'learn.windows.key': 'Hel linje: det vindue, du stiller på. Stiplet: vinduet på 60 ms til tonen.',
  'learn.windows.picture': 'Det, vinduet ser, 0 til 2.500 Hz',
  'learn.windows.reading':
    'Et vindue på {n} ms kan skelne øjeblikke, der ligger {n} ms fra hinanden, og toner, der ligger omkring {hz} Hz fra hinanden.',
  'learn.windows.alt':
    'Lydbølge omkring {s} s. Over den et vindue på {n} ms, naboerne for hver 10 ms og vinduet på 60 ms til tonen.',
  'learn.spectrum':
    'Farverne i en skive|Farverne i en skive.|Enhver lyd er en blanding af toner, fra dybe til lyse. For hver skive finder siden ud af, hvor kraftig hver af dem er. Stil dem på højkant, tegn dem med blæk, og løft de lyse lidt: Det er én søjle i lydbilledet.|Sammenlign et »a« med et »s«.',
  'learn.spectrum.slice': '20 ms lyd',
  'learn.spectrum.spectrum': 'Tonerne i den, 0 til 5.000 Hz',
  'learn.spectrum.column': 'Én søjle',
  'learn.spectrum.low': 'dyb',
  'learn.spectrum.middle': 'midt',
  'learn.spectrum.bright': 'lys',
  'learn.spectrum.shares': 'dyb {low} %, midt {middle} %, lys {bright} %',
  'learn.spectrum.reading': 'Energien ved {s} s: {shares}.',
  'learn.spectrum.kept': 'Til sammenligning, ved {s} s: {shares}.',
  'learn.spectrum.keep': 'Gem skiven til sammenligning',
  'learn.spectrum.pictureAlt': 'Lydbillede, {d} sekunder, markeret ved {s} s.',
  'learn.spectrum.sliceAlt': '20 ms af lydbølgen omkring {s} s, tonet ud i begge ender.',
  'learn.spectrum.columnAlt':
    'Lydbilledets søjle på dette tidspunkt, med de lyse toner løftet lidt, så de kan ses.',
  'learn.pitch':
    'På jagt efter tonen|På jagt efter tonen.|Hvilken tone er stemmens egen, og hvilke er overtoner? I hver skive er der op til seks bud. Siden vælger den sti gennem dem, der springer mindst og passer bedst.|Slå stien fra, og se, hvor tit det bedste gæt springer en oktav.',
  'learn.pitch.path': 'Følg stien',
  'learn.pitch.none': 'ingen tone',
  'learn.pitch.onPath': 'Ved {s} s på stien: {hz}.',
  'learn.pitch.byGuess': 'Ved {s} s efter bedste gæt: {hz}.',
  'learn.pitch.leaps': 'Oktavspring i hele optagelsen: {path} på stien, {guess} efter bedste gæt.',
  'learn.pitch.noLeaps':
    'Her springer det bedste gæt aldrig en oktav. Det gør det af og til med de fleste stemmer: Prøv en længere optagelse, og slå stien fra.',
  'learn.pitch.alt': 'Bud på tonen fra {from} til {to} s. {words}',
  'learn.pitch.keyStrong': 'bud',
  'learn.pitch.keyWeak': 'svagt bud',
  'learn.pitch.keyLine': 'valgt',
  'learn.lines':
    'Femogtyve linjer|Femogtyve linjer, som et partitur.|Hundrede gange i sekundet måler siden femogtyve ting ved lyden. Den lodrette streg er ét øjeblik: Læs ned ad den, som en dirigent læser alle instrumenter på én gang.|Træk linjen hen til et *s*. Tonen er væk dér: Et *s* har ingen.',
  'learn.lines.all': 'Vis alle femogtyve',
  'learn.lines.fewer': 'Vis de første otte',
  'learn.lines.none': 'ingen',
  'learn.lines.at': 'ved {s} s',
  'learn.lines.alt': '{n} linjer. Ved {s} s: {list}.',
  'learn.numbers':
    'Otteogfirs tal|Otteogfirs tal.|Optagelser er ikke lige lange. Derfor lægges hver linje på siden, og der bliver kun nogle få tal tilbage: midten, spredningen, den lave og den høje ende. I alt 88, uanset hvor længe du talte.|Find dit mest usædvanlige tal.',
  'learn.numbers.lld': 'Linje',
  'learn.numbers.p20': 'lav ende',
  'learn.numbers.p50': 'midten',
  'learn.numbers.p80': 'høj ende',
  'learn.numbers.mean': 'i gennemsnit {x}',
  'learn.numbers.spread': 'spredning {x} (båndet)',
  'learn.numbers.ends': 'lav ende {lo}, høj ende {hi}',
  'learn.numbers.among': 'Alle 88 blandt referencestemmerne',
  'learn.numbers.place': '{p} af 100 referenceoptagelser ligger lavere.',
  'learn.numbers.through': 'Gå dem igennem',
  'learn.numbers.find': 'Vis det mest usædvanlige',
  'learn.numbers.low': 'lavere end alle',
  'learn.numbers.high': 'højere end alle',
  'learn.numbers.alt':
    '88 streger blandt referencestemmerne; {n} ligger blandt de laveste eller højeste 5 %. Markeret: {number}',
  'learn.layers':
    'Ned til to|Ned til to.|Netværket presser 88 tal ned til 40, 20, 10 og til sidst til to: pladsen på kortet. Jo mørkere et felt er, jo kraftigere svarer det; skraveret betyder under gennemsnitsstemmen.|Skru op for en gruppe, og se prikken flytte sig.',
  'learn.layers.network': 'Fra 88 tal til to',
  'learn.layers.turn': 'Skru op eller ned for en gruppe tal',
  'learn.layers.shift': '{d} trin, på skalaen {s}',
  'learn.layers.all': 'Alle 27 grupper',
  'learn.layers.fewer': 'Kun de seks, der betyder mest',
  'learn.layers.back': 'Alt som optaget',
  'learn.layers.still':
    'Som optaget er tallet {s}; gennemsnitsstemmen har {avg}. Ét trin er en stemmes sædvanlige afstand fra gennemsnitsstemmen.',
  'learn.layers.moved': 'Tallet gik fra {before} til {s}. Stemmen er opdigtet: Måske kan ingen tale sådan.',
  'learn.layers.alt':
    'Netværk med 88, 40, 20, 10 og 2 enheder. De to sidste siger {a} og {b}, regnet fra gennemsnitsstemmen.',
  'learn.models':
    'Fire måder at lære den op på|Fire måder at lære den op på.|De samme tal, de samme stemmer og samme slags netværk, lært op på fire måder. Kun én fik at vide, at aktivering (arousal) skal gå fra venstre mod højre: Kun dér falder der en linje fra tallet til prikken.|Hvor havner din prik, og hvilket kort kan du sætte ord på?',
  'learn.models.key':
    'Prikkernes mærke er det, skuespilleren skulle spille. Skiven med nummer er den stemme, der følges. En stiplet pil peger derhen, hvor de stemmer, der er mere oppe i gear, viste sig at ligge.',
  'learn.models.alt': 'Stemmen ligger {place}; der falder ingen linje.',
  'learn.models.altScore': 'Stemmen ligger {place}; der falder en linje til den fra dens tal, {s}.',

  'line.Loudness_sma3': 'Lydstyrke|uden enhed',
  'line.alphaRatio_sma3': 'Lyshed|alpha-ratio, dB',
  'line.hammarbergIndex_sma3': 'Overtonernes styrke|Hammarberg-indeks, dB',
  'line.slope0-500_sma3': 'Hældning i det dybe|hældning 0 til 500 Hz, dB/Hz',
  'line.slope500-1500_sma3': 'Hældning i mellemlejet|hældning 500 til 1.500 Hz, dB/Hz',
  'line.spectralFlux_sma3': 'Lydens skift|spektral flux',
  'line.mfcc1_sma3': 'Dybt mod lyst|MFCC\u00A01',
  'line.mfcc2_sma3': 'Yderne mod midten|MFCC\u00A02',
  'line.mfcc3_sma3': 'Fire bånd på skift|MFCC\u00A03',
  'line.mfcc4_sma3': 'Fem bånd på skift|MFCC\u00A04',
  'line.F0semitoneFrom27.5Hz_sma3nz': 'Tonehøjde|F0, Hz',
  'line.jitterLocal_sma3nz': 'Ujævn tone|jitter, %',
  'line.shimmerLocaldB_sma3nz': 'Ujævn styrke|shimmer, dB',
  'line.HNRdBACF_sma3nz': 'Klar eller luftfyldt|HNR, dB',
  'line.logRelF0-H1-H2_sma3nz': 'Blød eller presset|H1−H2, dB',
  'line.logRelF0-H1-A3_sma3nz': 'Grundtone mod lyse|H1−A3, dB',
  'line.F1frequency_sma3nz': 'Første resonans|F1, Hz',
  'line.F1bandwidth_sma3nz': 'Den førstes bredde|F1-båndbredde, Hz',
  'line.F1amplitudeLogRelF0_sma3nz': 'Den førstes styrke|F1-amplitude, dB',
  'line.F2frequency_sma3nz': 'Anden resonans|F2, Hz',
  'line.F2bandwidth_sma3nz': 'Den andens bredde|F2-båndbredde, Hz',
  'line.F2amplitudeLogRelF0_sma3nz': 'Den andens styrke|F2-amplitude, dB',
  'line.F3frequency_sma3nz': 'Tredje resonans|F3, Hz',
  'line.F3bandwidth_sma3nz': 'Den tredjes bredde|F3-båndbredde, Hz',
  'line.F3amplitudeLogRelF0_sma3nz': 'Den tredjes styrke|F3-amplitude, dB',

  keys: 'Taster',
  'keys.use': 'Genveje med én tast er slået til',
  'keys.r': 'Optag, stop',
  'keys.esc': 'Fortryd, luk',
  'keys.p': 'Afspil, pause',
  'keys.o': 'Åbn filer',
  'keys.s': 'Gem',
  'keys.c': 'Sammenlign med den forrige',
  'keys.arrows': 'Op og ned i listen',
  'keys.n': 'Vælg en optagelse',
  'keys.help': 'Denne liste',

  'privacy.sentence': 'Hvad siden kan gøre med din lyd: ingenting.',
  'privacy.lead':
    'Den måler lyden her på enheden og har ingen vej at sende den. Det sørger browseren for med reglerne herunder; siden har dem med og kan ikke ophæve dem.',
  'privacy.rules': 'De regler, der gælder',
  'privacy.for': 'Hvad den er til, og hvad den ikke er til',
  'privacy.use':
    'Undertone beskriver, hvor meget oppe i gear en stemme *lyder*, altså dens aktivering (arousal), og viser, hvad i lyden der gør det. Den er lavet til at lære, undervise, forske og være nysgerrig med. Den hører lyd, ikke følelser: Det samme tal kan komme af glæde eller vrede, og en rolig stemme kan skjule meget. Den har lært af voksne, der spillede roller, på tysk og bengali.',
  'privacy.not':
    '**Den er ikke medicinsk udstyr og kan ikke bruges til at stille en diagnose eller til behandling. Den er ikke til at give karakterer og heller ikke til at rangordne, holde øje med eller overvåge nogen. Den må ikke bruges, når der skal træffes beslutninger om elever, studerende, patienter, ansøgere eller ansatte.** I skoler og på arbejdspladser forbyder EU’s AI-forordning (art. 5, stk. 1, litra f) med få undtagelser systemer, der udleder følelser af stemmen; brug »Kun akustik« dér. Optag kun andre, når de ved det og siger ja; er det børn, så spørg også deres forældre.',
  'privacy.model': 'Modellen',
  'privacy.learned': 'Har lært af',
  'privacy.objective': 'Lært op til',
  'privacy.range': 'Spænd',
  'privacy.catalogue': 'Målesæt',
  'privacy.hash': 'Kontrolsum',
  'privacy.licence': 'Licenser',
  'privacy.licenceText':
    'Undertone er fri software under MIT-licensen eller Apache-licensen 2.0, som du vil.',

  'rule.default-src': 'Alt, der ikke er nævnt herunder: ingenting.',
  'rule.script-src': 'Programmer kun fra siden selv.',
  'rule.style-src': 'Typografi kun fra siden selv.',
  'rule.img-src': 'Billeder kun fra siden selv.',
  'rule.media-src': 'Lyd kun fra siden selv.',
  'rule.worker-src': 'Hjælpeprogrammer kun fra siden selv.',
  'rule.manifest-src': 'Beskrivelsen kun fra siden selv.',
  'rule.connect-src': 'Ingen forbindelse, heller ikke til sin egen server.',
  'rule.base-uri': 'Ingen kan lede dens adresser andre steder hen.',
  'rule.form-action': 'Ingen formular kan sende noget.',
  'rule.sandbox':
    'Den må spørge dig, før den lukker, og printe. Hvor serveren sender reglen, kan den ikke åbne vinduer.',
  'update.name': 'Ny version',
  'update.ready':
    'En ny version er klar. Genindlæs, når det passer; optagelser, du ikke har gemt, forsvinder.',
  'update.later': 'Senere',
  'offline.title': 'Uden internet',
  'offline.unknown': 'Undersøger, om browseren beholder siden.',
  'offline.ready':
    'Virker nu uden internet. Browseren har beholdt siden: Åbn den med nettet slået fra, og alt er der. Du kan også installere den fra browserens menu.',
  'offline.none':
    'Browseren beholder ikke siden. Når den først er hentet, virker den uden internet, til du lukker den.',
  'check.title': 'Prøv selv',
  'check.text':
    'Siden prøver tolv veje ud: til en adresse, der ikke findes, og til sin egen server. Browseren skal afvise dem alle, og det skriver siden her.',
  'check.start': 'Prøv at få forbindelse',
  'check.trying': 'Prøver 12 veje …',
  'check.all': 'Alle 12 blev afvist. Browseren holder siden lukket.',
  'check.out': '{k} af 12 slap ud: {list}. Brug en nyere browser.',
  'check.unclear': '{k} af 12 blev afvist. Om resten siger browseren ikke noget: {list}.',
  'check.noTest': 'Browseren kan ikke lave prøven.',
  'check.refused': 'afvist',
  'check.gotOut': 'slap ud',
  'check.silent': 'browseren siger ikke noget',
  'check.limits':
    'Det, prøven ikke dækker: Reglerne lader siden hente sine egne billeder, typografier og scripts, og hvor browseren ikke kender *Connection-Allowlist*, når de ikke ud til direkte opkald mellem browsere (WebRTC). Siden foretager ingen.',
  'wayOut.fetch': 'Spørge en anden server (fetch)',
  'wayOut.own': 'Spørge sin egen server',
  'wayOut.xhr': 'Spørge på den gamle måde (XMLHttpRequest)',
  'wayOut.beacon': 'Lægge en besked fra sig (beacon)',
  'wayOut.socket': 'Åbne en linje (WebSocket)',
  'wayOut.events': 'Lytte til en server (EventSource)',
  'wayOut.image': 'Hente et billede',
  'wayOut.script': 'Hente et script',
  'wayOut.style': 'Hente en typografi',
  'wayOut.sound': 'Hente en lyd',
  'wayOut.frame': 'Sætte en anden side ind',
  'wayOut.window': 'Åbne et vindue',

  'emotion.anger': 'vrede',
  'emotion.happiness': 'glæde',
  'emotion.surprise': 'overraskelse',
  'emotion.neutral': 'neutral',
  'emotion.sadness': 'tristhed',
  'emotion.fear': 'frygt',
  'emotion.disgust': 'afsky',
  'emotion.boredom': 'kedsomhed',
  'emotion.calm': 'ro',

  'group.Pitch': 'Toneleje og melodi',
  'group.Loudness': 'Lydstyrke og udsving',
  'group.SpecFlux': 'Hvor hurtigt lyden skifter',
  'group.MFCC': 'Hele lydens klangfarve',
  'group.Jitter': 'Ujævn tone',
  'group.Shimmer': 'Ujævn styrke',
  'group.HNR': 'Klar eller luftfyldt',
  'group.Harmonics': 'Blød eller presset',
  'group.F1': 'Mundens første resonans',
  'group.F2': 'Mundens anden resonans',
  'group.F3': 'Mundens tredje resonans',
  'group.alphaRatio(V)': 'Hvor lys klangen er',
  'group.HB-idx(V)': 'Overtonernes styrke',
  'group.SpecSlope1(V)': 'Hældning i det dybe',
  'group.SpecSlope2(V)': 'Hældning i mellemlejet',
  'group.SpecFlux(V)': 'Hvor hurtigt stemmen skifter',
  'group.MFCC(V)': 'Stemmens klangfarve',
  'group.alphaRatio(UV)': 'Lyshed mellem tonerne',
  'group.HB-idx(UV)': 'Toppe mellem tonerne',
  'group.SpecSlope1(UV)': 'Dyb hældning mellem tonerne',
  'group.SpecSlope2(UV)': 'Mellemhældning mellem tonerne',
  'group.SpecFlux(UV)': 'Skift mellem tonerne',
  'group.LoudPeaksPS': 'Slag i sekundet',
  'group.SegPerSec(V)': 'Hvor tit stemmen sætter ind',
  'group.SegLen(V)': 'Tonernes længde',
  'group.SegLen(UV)': 'Pausernes længde',
  'group.SoundLevel': 'Samlet niveau',

  'family.frequency': 'Tone og resonans',
  'family.energy': 'Styrke og klarhed',
  'family.spectral': 'Lydens farve',
  'family.temporal': 'Tempo og pauser',
  'about.Pitch': 'hvor lyst eller dybt stemmen ligger, og hvor meget den bevæger sig.',
  'about.Loudness': 'hvor kraftig talen virker for øret, og hvor brat den stiger og falder.',
  'about.SpecFlux': 'hvor meget lydbilledet ændrer sig fra den ene hundrededel sekund til den næste.',
  'about.MFCC': 'lydbilledets grove form, også i pauserne.',
  'about.Jitter': 'små forskelle i længde fra den ene stemmelæbesvingning til den næste.',
  'about.Shimmer': 'små forskelle i styrke fra den ene svingning til den næste.',
  'about.HNR': 'hvor meget ren tone der er i forhold til luft og støj.',
  'about.Harmonics':
    'hvor meget grundtonen rager op over overtonerne. En presset stemme har kraftige overtoner.',
  'about.F1': 'stiger, når munden åbnes.',
  'about.F2': 'stiger, når tungen skydes frem, som i »i«.',
  'about.F3': 'formes af læberne og tungens forreste del.',
  'about.alphaRatio(V)': 'styrken over 1.000 Hz i forhold til under, mens stemmen klinger.',
  'about.HB-idx(V)':
    'hvor meget den stærkeste dybe top rager op over den stærkeste lyse, mens stemmen klinger.',
  'about.SpecSlope1(V)': 'hvordan styrken stiger eller falder op til 500 Hz, mens stemmen klinger.',
  'about.SpecSlope2(V)': 'hvordan styrken stiger eller falder fra 500 til 1.500 Hz, mens stemmen klinger.',
  'about.SpecFlux(V)': 'lydbilledets ændring, kun mens stemmen klinger.',
  'about.MFCC(V)': 'lydbilledets grove form, kun mens stemmen klinger.',
  'about.alphaRatio(UV)': 'styrken over 1.000 Hz i forhold til under, i s, f, åndedræt og pauser.',
  'about.HB-idx(UV)':
    'hvor meget den stærkeste dybe top rager op over den stærkeste lyse, i s, f, åndedræt og pauser.',
  'about.SpecSlope1(UV)': 'hvordan styrken stiger eller falder op til 500 Hz, i s, f, åndedræt og pauser.',
  'about.SpecSlope2(UV)':
    'hvordan styrken stiger eller falder fra 500 til 1.500 Hz, i s, f, åndedræt og pauser.',
  'about.SpecFlux(UV)': 'hvor hurtigt lydbilledet ændrer sig i s, f, åndedræt og pauser.',
  'about.LoudPeaksPS': 'toppe i styrken pr. sekund, omtrent som stavelser.',
  'about.SegPerSec(V)': 'stræk med tone pr. sekund.',
  'about.SegLen(V)': 'hvor længe stemmen klinger ad gangen, og hvor meget det varierer.',
  'about.SegLen(UV)': 'hvor længe der er uden tone, og hvor meget det varierer.',
  'about.SoundLevel': 'optagelsens gennemsnitlige styrke, efter at den er jævnet ud.',
  'about.frequency': 'hvor lys stemmen er, og hvordan munden farver den.',
  'about.energy': 'hvor kraftig og hvor ren stemmen lyder.',
  'about.spectral': 'hvordan styrken fordeler sig fra dybt til lyst.',
  'about.temporal': 'hvor hurtig og hvor sammenhængende talen er.',

  'statistic.mean': 'i gennemsnit',
  'statistic.variation-coefficient': 'hvor meget det svinger',
  'statistic.percentile20': 'den lave ende (80\u00A0% ligger over)',
  'statistic.percentile50': 'midten',
  'statistic.percentile80': 'den høje ende (20\u00A0% ligger over)',
  'statistic.percentile-range': 'spændet mellem lav og høj ende',
  'statistic.mean-rising-slope': 'hvor hurtigt det stiger',
  'statistic.sd-rising-slope': 'hvor jævnt det stiger',
  'statistic.mean-falling-slope': 'hvor hurtigt det falder',
  'statistic.sd-falling-slope': 'hvor jævnt det falder',
  'statistic.rate': '',
  'statistic.standard-deviation': 'hvor meget det svinger',
  'part.mfcc1': 'dybt mod lyst',
  'part.mfcc2': 'yderne mod midten',
  'part.mfcc3': 'fire bånd på skift',
  'part.mfcc4': 'fem bånd på skift',
  'part.logRelF0-H1-H2': 'mod den næste tone',
  'part.logRelF0-H1-A3': 'mod de lyse overtoner',
  'part.frequency': 'hvor den ligger',
  'part.bandwidth': 'hvor bred resonansen er',
  'part.amplitude': 'hvor stærk den er ved siden af grundtonen',
  'lld.F0semitoneFrom27.5Hz': 'hvor lyst eller dybt stemmen ligger',
  'lld.loudness': 'hvor kraftig talen virker for øret',
  'noun.F0semitoneFrom27.5Hz': 'tonehøjden',
  'noun.loudness': 'lydstyrken',
  'lld.spectralFlux': 'hvor meget lydbilledet ændrer sig fra den ene hundrededel sekund til den næste',
  'lld.mfcc1': 'hvor meget det dybe i lyden fylder i forhold til det lyse',
  'lld.mfcc2': 'hvor meget det dybe og det lyse i lyden fylder i forhold til midten',
  'lld.mfcc3': 'hvor tydeligt stærkt og svagt skiftes fra dybt til lyst, i fire bånd',
  'lld.mfcc4': 'hvor tydeligt stærkt og svagt skiftes fra dybt til lyst, i fem bånd',
  'lld.jitterLocal': 'hvor forskellige stemmelæbernes svingninger er i længde, fra den ene til den næste',
  'lld.shimmerLocaldB': 'hvor forskellige stemmelæbernes svingninger er i styrke, fra den ene til den næste',
  'lld.HNRdBACF': 'hvor meget tonen fylder i forhold til luft og støj',
  'lld.logRelF0-H1-H2': 'hvor meget grundtonen rager op over den næste tone',
  'lld.logRelF0-H1-A3': 'hvor meget grundtonen rager op over den stærkeste overtone ved den tredje resonans',
  'lld.frequency': 'hvor den {which} resonans ligger',
  'lld.bandwidth': 'hvor bred den {which} resonans er',
  'lld.amplitude': 'hvor stærk den {which} resonans er ved siden af grundtonen',
  'resonance.1': 'første',
  'resonance.2': 'anden',
  'resonance.3': 'tredje',
  'lld.alphaRatio': 'hvor stærk lyden er over 1.000 Hz i forhold til under',
  'lld.hammarbergIndex':
    'hvor meget den stærkeste top op til 2.000 Hz overgår den stærkeste derfra og op til 5.000 Hz',
  'lld.slope0-500': 'hvor stejlt styrken stiger op til 500 Hz (under nul: falder)',
  'lld.slope500-1500': 'hvor stejlt styrken stiger fra 500 til 1.500 Hz (under nul: falder)',
  'place.V': ', mens stemmen klinger',
  'place.UV': ', mellem tonerne',
  'meaning.mean': '{x}{where}.',
  'meaning.variation-coefficient': '{x}{where}: hvor meget det svinger, som andel af gennemsnittet.',
  'meaning.signed': '{x}{where}: hvor meget det svinger, som andel af gennemsnittet og med dets fortegn.',
  'meaning.percentile20': 'fire femtedele af tiden ligger {it} over dette.',
  'meaning.percentile50': 'halvdelen af tiden ligger {it} over dette, halvdelen under.',
  'meaning.percentile80': 'en femtedel af tiden ligger {it} over dette.',
  'meaning.percentile-range': 'tre femtedele af tiden holder {it} sig inden for et spænd af denne størrelse.',
  'meaning.mean-rising-slope': 'hvor hurtigt {it} i gennemsnit stiger, når den stiger.',
  'meaning.sd-rising-slope': 'hvor jævnt {it} stiger. En høj værdi betyder ujævnt.',
  'meaning.mean-falling-slope': 'hvor hurtigt {it} i gennemsnit falder, når den falder.',
  'meaning.sd-falling-slope': 'hvor jævnt {it} falder. En høj værdi betyder ujævnt.',
  'explain.loudnessPeaksPerSec': 'Toppe i lydstyrken pr. sekund, omtrent som stavelser.',
  'explain.VoicedSegmentsPerSec': 'Hvor mange stræk med tone der er på et sekund.',
  'explain.MeanVoicedSegmentLengthSec': 'Hvor længe stemmen klinger ad gangen, i gennemsnit.',
  'explain.StddevVoicedSegmentLengthSec': 'Hvor forskellige strækkene med tone er i længde.',
  'explain.MeanUnvoicedSegmentLength': 'Hvor længe der er uden tone ad gangen, i gennemsnit.',
  'explain.StddevUnvoicedSegmentLength': 'Hvor forskellige pauserne mellem tonerne er i længde.',
  'explain.equivalentSoundLevel_dBp':
    'Hele stykkets gennemsnitlige styrke i forhold til det kraftigste, en fil kan rumme.',

  'unit.1/s': 'pr. sekund',
  'unit.dB re F0': 'dB re grundtone',
  'unit.st': 'halvtoner',
  'unit.st/s': 'halvtoner/s',
};
