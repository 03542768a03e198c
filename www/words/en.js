// English. Keys are the same in every language; {x} is filled in, **x** is bold, | parts headline, text and steps.
export const words = {
  pages: 'Pages',
  'pages.record': 'Record',
  'pages.learn': 'Learn',
  'pages.privacy': 'Privacy and limits',
  'pages.menu': 'Menu',
  skip: 'Skip to the result',
  language: 'Language',
  'theme.name': 'Appearance:',
  'theme.system': 'System',
  'theme.light': 'Light',
  'theme.dark': 'Dark',
  badge: 'No sound leaves this device',
  'badge.short': 'This device only',
  noscript: 'Undertone measures sound in the browser and needs JavaScript for it. Nothing is sent anywhere.',
  purpose: 'Describes how a voice sounds. Not for diagnosis, grading, or decisions about people.',
  'purpose.more': 'What it is not for',

  'empty.sentence': 'How calm or excited does a voice sound, and why?',
  'empty.lead':
    'Record a sentence or two. You see how full of energy the voice sounds, its activation (arousal), and what in the sound makes it so.',
  'empty.map': 'The lines show where the voices lie that the page learned from. Yours comes here.',
  'empty.list': 'Your recordings will be listed here.',

  voice: 'Voice',
  figure: 'Result',
  'record.start': 'Record',
  'record.again': 'Record again',
  'record.soon': 'Recording soon',
  'record.soonHint': 'when the measuring is done.',
  'record.stop': 'Stop',
  'record.stopName': 'Stop recording',
  'record.cancel': 'Cancel',
  'record.hint': 'or press **R**. Stops after 60\u00A0s.',
  'record.none': 'Cannot record here',
  'files.open': 'Open sound files',
  'files.short': 'or a saved session',
  'files.drop': 'Drop the files anywhere.',
  'files.dismiss': 'Dismiss',
  'mic.off': 'Microphone off',
  'mic.on': 'Microphone on',
  'mic.name': 'Microphone',
  'mic.default': 'The browser’s choice',

  'record.pauseStops': 'Stop by itself after a pause',
  example: 'Try an example',
  'example.short': 'made by a computer',
  'example.note': 'Made by a computer, not by a person.',
  'example.made': '{name} (made by a computer)',
  'example.calm': 'A calm voice',
  'example.lively': 'A lively voice',
  'example.whisper': 'A quick whisper',
  'way.example': 'Hear an example',
  'asking.label': 'Waiting for your permission.',
  'asking.hint': 'Look for a question near the address.',
  'recording.label': 'Recording.',
  'recording.hint': 'Say a sentence or two.',
  'recording.of': 'of 1:00',
  'recording.time': 'Time',
  'meter.name': 'Level',
  'meter.quiet': 'too quiet',
  'meter.good': 'good',
  'meter.loud': 'too loud',
  'meter.clipped': 'clipped',
  'level.good': 'level good',
  'level.quiet': 'level too quiet',
  'level.clipped': 'clipped',
  working: 'Measuring …',
  'working.file': '{file}: {p} %',
  'working.cancel': 'Cancel',
  cancelled: 'Cancelled. Nothing was kept.',

  'sentence.above': 'More activated than {avg}.',
  'sentence.below': 'Calmer than {avg}.',
  'sentence.probablyAbove': 'Probably more activated than {avg}.',
  'sentence.probablyBelow': 'Probably calmer than {avg}.',
  'sentence.same': 'About the same as {avg}.',
  avg: 'the average voice',
  'lead.above':
    'Activated means full of energy; researchers also call it arousal. Joy, anger and fright can all do that to a voice. This page cannot tell which.',
  'lead.below':
    'Calm means little energy. Rest, sadness and boredom can all do that to a voice. This page cannot tell which.',
  'range.between': 'Listeners would most likely rate it between **{lo}** and **{hi}**.',
  'range.atLeast': 'Listeners would most likely rate it at **{lo}** or higher.',
  'range.atMost': 'Listeners would most likely rate it at **{hi}** or lower.',
  'range.all': 'The range is as wide as the scale.',
  'span.between': '{lo} to {hi}',
  'span.atLeast': '{lo} or higher',
  'span.atMost': '{hi} or lower',
  'span.all': 'as wide as the scale',
  'range.more':
    'The range was set so that {k} of 10 ratings of voices from recordings it had never heard lay inside. For further languages fewer did; the model card has the figures.',

  'heading.scale': 'How activated',
  'heading.map': 'Where it lands',
  'heading.why': 'Why',
  'heading.list': 'Your recordings',
  'heading.checks': 'How the sound came through',
  'heading.values': 'All 88 measures',
  'table.show': 'Show as table',
  'table.close': 'Close',
  'table.measure': 'Measure',
  'table.value': 'Value',
  'table.unit': 'Unit',
  'table.moves': 'Moves the score',
  'table.name': 'Official name',
  'table.score': 'Score',
  'table.voice': 'Recording',
  'table.set': 'Recording set',
  'table.speaker': 'Speaker',
  'table.emotion': 'Played emotion',
  'table.other': 'Up and down',
  'table.limited': 'limited',
  'table.note':
    'Of the part that was measured, as recorded. “Of 100, lower” counts reference recordings with lower values, this one and all of them brought to one level.',
  'scale.note': 'from 1 to 5',
  'scale.calm': 'calm',
  'scale.excited': 'excited',
  'scale.average': 'average voice {s}',
  'map.note': 'Each dot is a reference recording, marked by what the actor was asked to play.',
  'map.upDown': 'Up and down has no name.',
  'map.flat': 'Up and down has no name and is drawn flatter.',
  'map.flatOnly': 'Up and down is drawn flatter.',
  'map.older': 'Numbers stand at the five newest; older ones are small.',
  'map.true': 'True proportions',
  'map.flatter': 'Flatter',
  'map.by': 'Dots by',
  'map.by.emotion': 'played emotion',
  'map.by.corpus': 'recording set',
  'map.by.none': 'no names',
  'map.name': 'Map of voices',
  'language.german': 'German',
  'language.bangla': 'Bangla',
  'map.entry': '{name}, {n} recordings',
  'map.dot': '{emotion}, as played · {set}, speaker {speaker}, {language} · {s}',
  'map.disc': 'Recording {n} · {s}',
  'map.reference': 'reference {n}',
  'map.dotPlain': 'a reference recording · {s}',
  'why.note': 'Each arrow moves the score a little. Together they lead from {avg} to this voice.',
  'why.from': 'Start from',
  'why.by': 'Sum up by',
  'why.groups': '27 groups',
  'why.families': 'Four families',
  'why.more': 'The other {n}',
  'why.noteTwo': 'Each arrow moves the score a little. Together they lead from recording {a} to {b}.',
  'why.strip':
    'The short line: where this lies among the reference recordings. Its thick part is their middle half.',
  'why.rank': '{p} of 100',
  'why.rankTwo': '{p} → {q} of 100',
  'why.lower': '{p} of 100 reference recordings lie lower.',
  'why.lowerTwo': 'At first {p}, then {q} of 100 reference recordings lie lower.',
  'why.values': 'Values as the model hears them, brought to one level.',
  'why.average': 'The average voice',
  'why.other': 'The other {n} together',
  'why.voice': 'This voice',

  'heading.changed': 'What changed',
  'heading.mapTwo': 'Where they land',
  compare: 'Compare two',
  'compare.end': 'End comparison',
  'compare.swap': 'Swap',
  'compare.hint': 'Tick two recordings.',
  'compare.tick': 'Compare {name}',
  'compare.more': 'Recording {b} is more activated than {a}.',
  'compare.less': 'Recording {b} is calmer than {a}.',
  'compare.same': 'Recordings {a} and {b} are about the same.',
  'compare.by': 'The difference is **{d}**.',
  'compare.near': 'They lie {d} apart. That is too close to tell which sounds more activated.',
  'compare.order':
    'Of 100 such pairs of one voice that listeners told apart, they heard {k} in this order and {o} the other way.',
  'compare.orderMost':
    'Of 100 such pairs of one voice that listeners told apart, they heard more than 99 in this order.',
  'compare.orderNoisy': 'How often listeners would hear this order in noise was not measured.',
  'compare.speakers': 'Two voices differ for many reasons, so no figure says how sure this order is.',
  'compare.twoSpeakers': 'Two different speakers?',
  'compare.oneSpeaker': 'The same speaker',
  'compare.most': '{group} counted most.',
  'compare.scaleNote': '{a} dashed, {b} in yellow',
  'compare.mapNote':
    'The line is the way from {a} to {b}. Sideways counts for the score, up and down does not.',
  'compare.care': '({n}) {text}',

  model: 'Model',
  'model.unsupervised':
    'Left to itself.|It only learned to redraw voices from two numbers; nobody told it what to look for.',
  'model.metric-cluster':
    'Taught to sort.|It was told to bring voices with the same played feeling together and to keep the others apart.',
  'model.metric-act':
    'Taught activation.|It was told to line voices up from left to right by how activated they sounded to listeners.',
  'model.metric-val':
    'Taught pleasantness.|It was told to line voices up from left to right by how pleasant they sounded to listeners. For study; the page draws no conclusion from it.',
  'model.noScore': 'So it has no scale, and no direction of its map has a name.',
  'heading.axis': 'The map’s own axis',
  'axis.note': 'in the model’s units, 0 is the average voice',
  'axis.unpleasant': 'unpleasant',
  'axis.pleasant': 'pleasant',
  'table.across': 'Left to right',
  'table.rank': 'Of 100, lower',
  'map.noteDots': 'Each dot is a reference recording, marked by what the actor was asked to play.',
  'map.noteFree':
    'The map lies with its longer side across. The dashed arrow was added afterwards: it shows which way voices get more activated, as far as a fitted line can tell.',
  'map.noteValence': 'Left to right: what listeners found pleasant, as far as the model learned it.',
  'map.dotNamed': '{emotion}, as played · {set}, speaker {speaker}, {language}',
  'map.dotOnly': 'a reference recording',
  'heading.read': 'Read afterwards',
  'heading.whyThere': 'Why it lies there',
  'why.noteRead':
    'The model was told nothing of activation. Afterwards a line was fitted through its map to how activated the voices sounded to listeners. This is what the line reads, and which traits it reads it from.',
  'why.noteValence':
    'Each arrow moves the voice a little to the left or right in the map. It says what the model goes by, not how the voice is.',
  'why.marks': 'From 1, calm, to 5, excited',
  'compare.places': 'Where recordings {a} and {b} land.',

  acoustics: 'Acoustics only, without a score',
  'acoustics.on': 'Acoustics only: the page measures sound and gives no score.',
  'acoustics.off': 'Scores are shown again.',
  'acoustics.turnOff': 'Switch off',
  'acoustics.empty': 'What is in the sound of a voice?',
  'acoustics.emptyLead': 'Record a sentence or two. You see the sound as a picture, and 88 measures of it.',
  'acoustics.sentence': 'A tone around {mid} Hz.',
  'acoustics.lead':
    'Most of the time it lies between **{lo}** and **{hi}** Hz. The recording is {d} s long, with voice in {p} % of the part that was measured.',
  'acoustics.use':
    'In this mode Undertone measures the sound of a voice and judges nothing: no neural network hears it, and there is no score. Of the model’s file only the reference voices’ values are used, to say how usual each measure is. Undertone is made for learning, teaching, research, and curiosity.',
  'example.number': 'Example {n}',

  'bar.list': 'List',
  'bar.micOff': 'Microphone off',
  'bar.listen': 'Listen',
  'list.many': 'Your {n} recordings',
  'list.course': 'Recordings over time',
  'list.voice': 'Recording {n}',
  'list.noScore': 'no score',
  'list.listen': 'Listen',
  'list.pause': 'Pause',
  'list.delete': 'Delete',
  'list.deleteName': 'Delete recording {n}',
  'list.deleted': 'Recording {n} deleted.',
  'list.undo': 'Undo',
  'list.rename': 'Rename',
  'list.renameName': 'Rename recording {n}',
  'list.nameOf': 'Name of recording {n}',
  'say.renamed': 'Recording {n} is now called {name}.',
  'take.noSound': 'Saved without its sound: there are only the numbers.',
  'list.keep': 'Kept in this tab only. The page asks before you close it.',
  keep: 'Keep on this device',
  'keep.here': 'Kept here: {n} recordings, {size}. Others who use this browser can open them.',
  'keep.hereOne': 'Kept here: one recording, {size}. Others who use this browser can open it.',
  'keep.delete': 'Delete what is kept',
  'keep.deleted': 'Deleted from this device.',
  'keep.refused': 'The browser does not keep anything here ({reason}). Save a file instead.',
  'keep.name': 'Kept on this device',
  'keep.about':
    'Recordings are in the memory of this tab. If you wish, this browser keeps their sound, results and names, and they are here again when you open the page. Others who use this browser can open them, too. “Forget everything” deletes them; language, appearance and your switches are all that is kept otherwise.',
  'channels.label': '{n} channels, measured:',
  'channels.taken': '{n} channels: {c}',
  'channels.mean': 'their mean',
  'channels.left': 'the left one',
  'channels.right': 'the right one',
  'channels.number': 'channel {k}',
  'channels.silent': '**One channel is silent.** Their mean is softer for it.',
  'channels.cancel': '**The channels cancel each other.** Little is left of their mean.',
  'channels.levels': '**One channel is much louder.** They are more than 20 dB apart.',
  'channels.unlike': '**The channels differ.** Perhaps two people speak, and their mean is neither voice.',
  'channels.choose': 'Choose a channel under the picture of the sound.',
  'channels.reopen': 'Open the file again to choose a channel.',
  'say.channel': 'Measured: {c}. {result}',
  'take.pitch': 'the tone of the voice',
  'take.region': 'Measured from {a} to {b} s; the rest is silence.',
  save: 'Save …',
  'save.title': 'Save',
  'save.csv': 'Numbers (CSV)',
  'save.json': 'Everything (JSON)',
  'save.wav': 'Sound (WAV)',
  'save.svg': 'Figure (SVG)',
  'save.png': 'Figure (PNG)',
  'save.sound': 'with the sound in it',
  'save.again': 'The JSON file can be opened here again.',
  'save.this': 'This recording',
  'save.all': 'All recordings',
  'save.done': 'Saved: {name}',
  print: 'Print',
  'save.print': 'One page (print or PDF)',
  'paper.name': 'Name',
  'paper.above': '{d} dB above the room',
  'paper.range': 'hatched: the range',
  'paper.two': 'dashed: the range of {a}; hatched: that of the other',
  'paper.map': 'The lines enclose 95, 80, 60, 40 and 20 of 100 reference recordings.',
  'paper.sound': 'The sound',
  'paper.soundNote': '0 to 5,000 Hz; the line is the tone of the voice, 60 to 800 Hz',
  'paper.learned': 'It learned from adults who acted, in German and Bangla.',
  'paper.device': 'measured on the device that printed this; no sound has left it',
  'paper.page': 'Page 1 of 1',

  'course.start':
    'A conversation',
  'course.startNote':
    'up to 30 minutes, split at the pauses',
  'course.ask':
    'Record a conversation',
  'course.askRoom':
    'Everyone in the room must know and agree. For children, ask their parents.',
  'course.askWhat':
    'The page splits at pauses and scores each utterance by its sound; it does not recognise who speaks or what is said. Nothing leaves this device.',
  'course.askYes':
    'Start',
  'course.askNo':
    'Not now',
  'course.recording':
    'Recording a conversation.',
  'course.everyone':
    'Everyone here should know that it is on. An utterance gets its score a moment after a pause of half a second has ended it.',
  'course.of':
    'of 30:00',
  'course.goingOn':
    'number {n}, still going',
  'course.newest':
    'number {n}, {s}',
  'course.soFarOne':
    'One utterance so far. Say who spoke afterwards, or press 1 to 4 now.',
  'course.soFar':
    '{n} utterances so far, {k} without a score. Say who spoke afterwards, or press 1 to 4 now.',
  'course.cover':
    'Cover the scores',
  'course.uncover':
    'Show the scores',
  'course.roomGood':
    'Speech stands {d} dB above the room: good.',
  'course.roomBad':
    'Speech stands {d} dB above the room: too little. Go closer or find a quieter room.',
  'course.awake':
    'The screen stays on while this runs.',
  'course.keepAwake':
    'Keep the screen on: the recording ends when it locks.',
  'course.minute':
    'One minute left.',
  'course.full':
    '30 minutes are full. Here is the course.',
  'course.throw':
    'Throw away {m} minutes?',
  'course.throwText':
    'What was heard until now is gone then.',
  'course.throwYes':
    'Throw away',
  'course.throwNo':
    'Go on',
  'course.sayStart':
    'Recording a conversation. The microphone is on.',
  'course.sayMinutes':
    '{m} minutes, {n} utterances.',
  'course.sayMeasured':
    '{n} utterances. {sentence} {u} uncertain, {k} without a score.',
  'course.near':
    '{n} utterances, most of them near {m}.',
  'course.between':
    '{n} utterances, most of them between {a} and {b}.',
  'course.one':
    'One utterance with a score, at {m}.',
  'course.noScores':
    '{n} utterances, none with a score.',
  'course.acoustics':
    '{n} utterances.',
  'course.lead':
    '{t}, split at the pauses. The most activated is number {i} at **{s}**, the calmest number {j} at **{r}**. A difference of less than 0.3 says nothing. Compare each voice with itself only: two people differ for many reasons.',
  'course.leadPlain':
    '{t}, split at the pauses.',
  'course.noisy':
    '**Noisy room.** Most utterances stand less than 20 dB above the room. Take the whole course lightly.',
  'course.none':
    '**Too noisy for scores.** The cuts are here, and you can listen to them.',
  'course.title':
    'The course',
  'course.list':
    'Utterances',
  'course.unscored':
    'without a score',
  'course.uncertain':
    'uncertain',
  'course.rangeOfOne':
    'range of one: ±{d}',
  'course.stretches':
    'Compare two stretches',
  'course.split':
    'How it was split',
  'course.pause':
    'at pauses of {d} s',
  'course.recutAsk':
    'Split it anew?',
  'course.recutText':
    'What you joined, split, moved or named by hand is lost then.',
  'course.recutYes':
    'Split anew',
  'course.recutNo':
    'Keep it',
  'course.whole':
    'Whole',
  'course.asOne':
    'As one sound',
  'course.asCourse':
    '{n} utterances in here. Show them one by one',
  'course.utterances':
    '{n} utterances',
  'course.voices':
    'Voices …',
  'course.whose':
    'Whose voice',
  'course.parent':
    'parent',
  'course.child':
    'child',
  'course.addVoice':
    'Add a voice',
  'course.voiceName':
    'Name of voice {n}',
  'course.nobody':
    'nobody named',
  'course.allWithout':
    'All without a voice',
  'course.youSay':
    'You say who it is; the page does not recognise anyone. A name stays in this recording and its files.',
  'course.name':
    'Course, {n} utterances',
  'course.alt':
    '{k} scored utterances in {t}. Half of them between {a} and {b}. Highest number {i} at {s}, lowest number {j} at {r}. Without a score: {o}.',
  'course.at':
    'at {t}',
  'course.minutes':
    '{m} min {s} s',
  'course.from':
    'Window from',
  'course.to':
    'Window to',
  'course.seconds':
    '{d} seconds',
  'course.utterance':
    'Utterance {n}',
  'course.before':
    'Utterance before',
  'course.after':
    'Utterance after',
  'course.span':
    '{a} to {b}',
  'course.edges':
    'Edges',
  'course.join':
    'Join',
  'course.joinName':
    'Join utterances {n} and {m}',
  'course.splitHere':
    'Split',
  'course.leaveOut':
    'Leave out',
  'course.takeIn':
    'Take in',
  'course.voice':
    'Voice',
  'course.edgesTitle':
    'Utterance {n}: its edges.',
  'course.edgesLead':
    'Move the edges, split it or join it with a neighbour. What changes is measured anew; everything can be undone.',
  'course.edgeStart':
    'Start of utterance {n}',
  'course.edgeEnd':
    'End of utterance {n}',
  'course.splitAt':
    'Split at the line',
  'course.line':
    'Line to split at',
  'course.back':
    'Back to the course',
  'course.undo':
    'Undo',
  'course.redo':
    'Redo',
  'course.cannotSplit':
    'Each part needs at least 0.3 s.',
  'course.wasBefore':
    'Before the change it was {s}.',
  'course.sayJoined':
    'Joined: now number {n}.',
  'course.saySplit':
    'Split: numbers {n} and {m}.',
  'course.sayOut':
    'Number {n} left out.',
  'course.sayIn':
    'Number {n} taken in.',
  'course.sayUndone':
    'Undone.',
  'course.sayMoved':
    'Number {n}: {span}.',
  'course.hint':
    '← → choose, Enter edges, P play, J join, X leave out, 1 to 4 voice',
  'course.mapNote':
    'Every utterance of this recording. The line joins those of this voice around number {n}, at most 30 s apart.',
  'course.mapDisc':
    'Utterance {n} · {s}',
  'course.dragFirst':
    'Drag over the first stretch, or hold Shift and press ← →, then Enter.',
  'course.dragSecond':
    'Now the second.',
  'course.stretch':
    '{l}: {a} to {b}',
  'course.endStretches':
    'End comparison',
  'course.calmer':
    'The voice “{v}” sounds calmer in B than in A.',
  'course.more':
    'The voice “{v}” sounds more activated in B than in A.',
  'course.probably-calmer':
    'The voice “{v}” sounds probably calmer in B than in A.',
  'course.probably-more':
    'The voice “{v}” sounds probably more activated in B than in A.',
  'course.same':
    'The voice “{v}” sounds about the same in A and B.',
  'course.few':
    'The voice “{v}” has too few utterances: {a} in A, {b} in B. Five are needed in each.',
  'course.means':
    'On average {a} in A and {b} in B. Of 100 pairs with one utterance from each, B lies lower in {k}.',
  'course.onlyItself':
    'Each voice is compared with itself only.',
  'course.changes':
    'What changed most: {list}.',
  'course.pauseInside':
    '**A pause of {d} s is in it.**',
  'course.byHand':
    'Its edges were set by hand.',
  'course.noUtterance':
    'No utterance found.|Only silence or noise came through.',
  'course.csv':
    'Utterances (CSV)',
  'course.textGrid':
    'For Praat (TextGrid)',
  'course.tableState':
    'State',
  'course.start_s':
    'From',
  'course.end_s':
    'To',
  'course.inTable':
    'Utterance',
  'course.done': 'Done',
  'none.too_short':
    'Too short for a score.',
  'none.too_noisy':
    'Too noisy for a score.',
  'none.no_tone':
    'No tone, so no score.',
  'none.unmeasured':
    'It could not be measured.',
  'none.out':
    'Left out by hand.',
  'none.lead':
    'You can listen to it, join it with a neighbour, or move its edges.',
  'why.too_short':
    'too short',
  'why.too_noisy':
    'too noisy',
  'why.no_tone':
    'no tone',
  'why.unmeasured':
    'not measured',
  'why.out':
    'left out',
  'why.short':
    'under 1.5 s',
  'why.too_quiet':
    'quiet',
  'why.clipped':
    'clipped',
  'why.noisy':
    'noisy',
  'why.reverberant':
    'echoing',
  'why.telephone_band':
    'telephone',
  'why.little_voice':
    'little voice',
  'why.not_spoken':
    'not spoken',
  'why.unlike_reference':
    'unfamiliar',
  forget: 'Forget everything',
  'forget.ask': 'Forget everything?',
  'forget.text': 'All {n} recordings will be gone for good.',
  'forget.textOne': 'One recording will be gone for good.',
  'forget.yes': 'Forget',
  'forget.no': 'Keep',
  'forget.done': 'Everything is forgotten.',

  'check.duration': 'Length',
  'check.speech': 'Speech',
  'check.level': 'Level of the speech',
  'check.peak': 'Peak',
  'check.clipped': 'Samples at the limit',
  'check.dc': 'Offset',
  'check.snr': 'Speech above noise',
  'check.room': 'Room',
  'check.line': 'Tones above 4 kHz',
  'check.manner': 'Spoken, not sung or laughed',
  'check.voiced': 'Time with voice',
  'check.pitch': 'Pitch',
  'check.pitchValue': '{lo} to {hi} Hz, middle {mid} Hz',
  'check.limited': 'Measures that were limited',
  'check.of88': '{n} of 88',
  'check.microphone': 'Microphone',
  'check.rate': 'Sampling rate',
  'check.echo': 'Echo cancellation',
  'check.noise': 'Noise suppression',
  'check.gain': 'Gain control',
  'check.noNoise': 'no noise',
  'check.on': 'on',
  'check.off': 'off',
  'check.unknown': 'not reported',
  'check.good': 'good',
  'check.care': 'with care',
  processing: 'The browser changes the sound: {what}. That can shift the result.',
  'processing.echo': 'echo',
  'processing.noise': 'noise',
  'processing.gain': 'strength',

  'flag.short':
    '**Short.** Only {d} s of speech. With so little, the score depends on the word that was said. A whole sentence of two or three seconds says more.',
  'flag.shortPlace': '**Short.** Only {d} s of speech. A whole sentence of two or three seconds says more.',
  'flag.too_quiet': '**Quiet.** Go closer to the microphone and try again.',
  'flag.clipped': '**Clipped.** The sound was too loud for the microphone. Move back a little.',
  'flag.noisy': '**Noisy.** Much of the sound is not the voice. Try a quieter room.',
  'flag.reverberant':
    '**Echoing room.** The room goes on sounding after the voice. Come closer to the microphone, or choose a room with curtains and carpets.',
  'flag.telephone_band':
    '**Telephone?** This sounds like a telephone line: the high tones are missing. The score is less exact then. A recording made with a microphone says more.',
  'flag.telephonePlace':
    '**Telephone?** This sounds like a telephone line: the high tones are missing. A recording made with a microphone says more.',
  'flag.not_spoken':
    '**Not spoken?** This sounds more like laughing, crying, singing or calling than like speaking. The score is made for speech, so take it lightly. Say a sentence and compare.',
  'flag.notSpokenPlace':
    '**Not spoken?** This sounds more like laughing, crying, singing or calling than like speaking. The page was made for speech. Say a sentence and compare.',
  'flag.little_voice': '**Little voice.** Voice in only {p} % of the time. A whisper has no tone to measure.',
  'flag.unlike_reference':
    '**Unfamiliar.** This sound is unlike the voices the page learned from. Take the score lightly.',
  'flag.unlikePlace':
    '**Unfamiliar.** This sound is unlike the voices the page learned from. Take what the model makes of it lightly.',
  'flag.extremes':
    '**Something unusual in the sound.** Noise, music or a second voice can do that; listen to it again. {n} of 88 measures lie far outside and were limited.',

  'notice.limit': '60 seconds are full. Here is the result.',
  'notice.unplugged': 'The microphone went away. What was heard until then is kept.',
  'notice.interrupted': 'Interrupted by the device. The recording ended at {t}.',
  'notice.gone': '{name} is gone. Using {other} instead.',
  'notice.silent': '{name} sends only silence. Is it muted, or is it the wrong one? Choose another.',
  'notice.busy': 'One moment. Open the files again when this is done.',

  'problem.denied':
    'Your browser keeps the microphone closed.|The page was not allowed to listen. Nothing was recorded.|Press the lock or the icon left of the address.|Find **Microphone** and choose **Allow**.|Come back and try again.',
  'problem.dismissed': 'The question was closed.|Press Record and choose **Allow**. Nothing was recorded.',
  'problem.system':
    'The computer itself keeps the microphone from the browser.|Allow it in the system’s privacy settings. Nothing was recorded.',
  'problem.none': 'No microphone found.|Plug one in; the page will notice.',
  'problem.busy': 'Another program holds the microphone.|Close calls and recorders, then try again.',
  'problem.insecure':
    'The microphone only opens on a secure address (https or localhost).|Files work here too.',
  'problem.unsupported': 'This browser cannot record here.|Files work, and so do the examples.',
  'problem.worklet': 'Recording is blocked here, but files work.|Reload to try again.',
  'problem.unplugged': 'The microphone went away.|Nothing was recorded.',
  'problem.interrupted': 'Interrupted by the device.|Nothing was recorded.',
  'problem.other': 'The microphone did not start.|Try again, or open a file.',
  'problem.little_speech':
    'Too little speech to measure.|Only {a} s of speech were found in it. Say at least one whole sentence.',
  'problem.too_short': 'Too short to measure.|Say at least one whole sentence.',
  'problem.silent': 'Only silence came through.|Check the microphone and try again.',
  'problem.no_voice': 'Sound, but no voice in it.|Speak with tone: a whisper is not enough.',
  'problem.other_measures':
    'Measured with another list of measures.|This page cannot read them. Open the sound itself to have it measured here.',
  'problem.load':
    'A part of the page could not be loaded ({part}).|The connection may have dropped, or something keeps the file away. Reload. If that does not help, try another network or another browser.',
  'problem.start':
    'All of the page is here, but its measuring part does not start.|Reload. If that does not help, update the browser or try another one. If it does not start there either, the fault is the page’s: please tell us.',
  'problem.model': 'The model does not fit this version of the page ({what}).|Measures work, scores do not.',
  'problem.unexpected': 'Something went wrong here, not with you.|Your recordings are still listed.',
  'problem.heard': 'Heard: {d} s, at most {l} dBFS.',
  'problem.name': 'If you ask for help, the error is called {name}.',
  'file.unreadable':
    '{file}: the sound in it ({kind}) cannot be read here. Convert the file to WAV or FLAC, with Audacity or VLC for instance.',
  'file.encoding':
    '{file}: {kind}, but its sound is stored in a way that cannot be read here. Save it again as plain WAV (PCM) or as FLAC, with Audacity or VLC for instance.',
  'file.unknownRate':
    '{file}: it does not say how many samples a second it has, and a guess would change the result. Convert it to WAV or FLAC, with Audacity or VLC for instance.',
  'file.otherRate':
    '{file}: this browser cannot decode it at its own {r} samples a second. Convert it to WAV or FLAC, with Audacity or VLC for instance.',
  'file.lowRate':
    '{file}: {r} samples a second are too few to hear a voice by; at least 8,000 are needed. Look for a better copy.',
  'file.highRate': '{file}: {r} samples a second are more than can be used here. Save it with 48,000.',
  'file.damaged': '{file}: the file is damaged. Copy or export it again.',
  'file.empty': '{file}: empty. Copy or export it again.',
  'file.zeros': '{file}: holds nothing but zeros. Copy or export it again.',
  'file.gone': '{file}: cannot be opened. Was it moved or changed?',
  'file.large': '{file}: over {m} MB, too large to open here. As WAV or FLAC it may be larger.',
  'file.long': '{file}: {m} minutes long; the first {l} were measured.',
  'file.longer': '{file}: longer than {l}; the rest was left out.',
  'file.cut': '{file}: cut off after {p} of {d} s. What is there was measured.',
  'file.cutOff': '{file}: cut off after {p} s. What is there was measured.',
  'file.text': '{file}: holds text, not sound.',
  'file.image': '{file}: a picture, not a sound.',
  'file.archive': '{file}: packed. Unpack it, and open the sounds in it.',
  'file.midi': '{file}: holds notes to be played (MIDI), not sound.',
  'file.noSound': '{file}: a video without sound.',
  'file.notSound': '{file}: not a sound file that is known here. If it is one, convert it to WAV or FLAC.',
  'file.failed': '{file}: something went wrong while it was read. Try it once more.',
  'file.too_short': '{file}: too short to measure.',
  'file.silent': '{file}: only silence.',
  'file.no_voice': '{file}: sound, but no voice in it.',
  'file.notOurs': '{file}: not an Undertone session, or from a newer version ({v}).',
  'file.back': '{file}: {n} recordings are back.',
  'file.backOne': '{file}: one recording is back.',
  'file.again': '{file}: {k} of {n} are listed already. Added: {m}.',
  'file.allAgain': 'Add all again',
  'way.again': 'Try again',
  'way.file': 'Open a sound file instead',
  'way.reload': 'Reload',
  'way.copy': 'Copy the details',
  'way.copied': 'Copied.',

  'say.start': 'Recording. The microphone is on.',
  'say.soon': 'The recording begins as soon as the measuring is done.',
  'say.notSoon': 'No new recording.',
  'say.ten': 'Ten seconds left.',
  'say.quiet': 'Too quiet.',
  'say.loud': 'Too loud.',
  'say.good': 'The level is good now.',
  'say.stop': 'Stopped. The microphone is off.',
  'say.result': 'Recording {n}: {sentence} Score {s} of 5, range {range}. {remarks}',
  'say.remarks': '{n} remarks.',
  'say.remark': 'One remark.',
  'say.noRemarks': 'No remarks.',
  'say.noScore': 'Recording {n}: {sentence} {remarks}',
  'say.read': 'All {n} recordings are read anew.',
  'say.readOne': 'One recording is read anew.',
  'say.deleted': 'Recording {n} deleted. Undo is available.',

  'alt.picture':
    'Sound picture, {d} seconds. Voice in {p} % of it. Pitch from {lo} to {hi} Hz, middle {mid} Hz.',
  'alt.pictureNoPitch': 'Sound picture, {d} seconds. No pitch found.',
  'alt.scale': '{s} on a scale from 1, calm, to 5, excited. Range {range}. The average voice is at {avg}.',
  'alt.scaleEmpty': 'A scale from 1, calm, to 5, excited. The average voice is at {avg}.',
  'alt.map': 'Recording {n} lies at {s} from left to right and {v} {side} the middle, {place}.',
  'alt.mapOthers': 'Others: {list}.',
  'alt.mapOther': 'recording {n} at {s}',
  'alt.above': 'above',
  'alt.below': 'below',
  'alt.dense': 'where the reference recordings are dense',
  'alt.sparse': 'where the reference recordings are sparse',
  'alt.outside': 'outside the reference recordings',
  'alt.why':
    'From {avg}, the average voice, to {s}. Most upwards: {up}. Most downwards: {down}. Everything adds up to {sum}.',
  'alt.scaleTwo':
    'On a scale from 1, calm, to 5, excited: recording {a} at {s}, range {range}; recording {b} at {s2}, range {range2}.',
  'alt.mapTwo': 'Recording {a} lies at {s} from left to right, recording {b} at {s2}.',
  'alt.whyTwo':
    'From {avg}, recording {a}, to {s}, recording {b}. Most upwards: {up}. Most downwards: {down}. Everything adds up to {sum}.',
  'alt.axis': 'The map’s own axis, from {lo} to {hi}, counted from the average voice.',
  'alt.mapOwn':
    'Counted from the average voice, recording {n} lies at {x} from left to right and {y} upwards, {place}.',
  'alt.mapOtherOwn': 'recording {n} at {x} and {y}',
  'alt.plus': 'plus {x}',
  'alt.minus': 'minus {x}',
  'alt.nothing': 'nothing',

  'learn.title': 'From sound to two numbers',
  'learn.titleMeasured': 'From sound to 88 numbers',
  'learn.steps': 'Steps',
  'learn.try': 'Try this',
  'learn.back': 'Back',
  'learn.next': 'Next',
  'learn.end': 'Try it with your own voice',
  'learn.count': '{n} of {of}',
  'learn.link': 'Copy a link to this step',
  'learn.wait': 'Listening closely …',
  'learn.failed': 'This step could not be shown. Reload the page.',
  'learn.own': 'Shown with **{name}**.',
  'learn.with': 'Shown with',
  'learn.example': 'Shown with a voice made by a computer.',
  'learn.choose': 'Recording to follow',
  'learn.noSound': 'Recording {n} was saved without its sound. Shown with a voice made by a computer.',
  'learn.record': 'Record your own',
  'learn.another': 'Record another',
  'learn.place': 'Moment',
  'learn.seconds': '{s} s',
  'learn.ms': '{n} ms',
  'learn.picture': 'Sound picture',
  'learn.pictureRange': '0 to 5,000 Hz',
  'learn.wave':
    'Air that moves|Air that moves.|A voice pushes the air to and fro, a hundred times a second and more. The microphone writes down how far: 16,000 numbers for each second. This is all that the page ever gets.|Zoom in until the waves repeat: that is a tone.',
  'learn.zoom': 'Stretch that is shown',
  'learn.wave.far': 'You see {d} at once. From here it is only louder and softer.',
  'learn.wave.tone': 'Here the waves repeat, about {hz} times a second: a tone.',
  'learn.wave.noTone': 'Here nothing repeats: no tone.',
  'learn.wave.alt': 'Waveform from {from} to {to} s.',
  'learn.windows':
    'Thin slices|Thin slices.|Speech changes all the time, so it is cut into slices that are short enough to stand still. Every 10 ms a new one begins: 20 ms long for the colour of the sound, 60 ms for its pitch. Their edges fade out.|Make the window longer: sharper tone, blurred time.',
  'learn.windows.length': 'Length of the window',
  'learn.windows.key': 'Solid line: the window that you set. Dashed: the 60 ms window for the pitch.',
  'learn.windows.picture': 'What the window sees, 0 to 2,500 Hz',
  'learn.windows.reading':
    'A window of {n} ms tells moments apart that lie {n} ms from each other, and tones that lie about {hz} Hz from each other.',
  'learn.windows.alt':
    'Waveform around {s} s. Over it a window of {n} ms, its neighbours every 10 ms, and the 60 ms window for the pitch.',
  'learn.spectrum':
    'The colours in a slice|The colours in a slice.|Any sound is a mixture of tones, from deep to bright. For each slice the page finds how strong every one is. Set on end and inked, the bright ones lifted a little, that is one column of the sound picture.|Compare an “ah” with an “s”.',
  'learn.spectrum.slice': '20 ms of sound',
  'learn.spectrum.spectrum': 'Its tones, 0 to 5,000 Hz',
  'learn.spectrum.column': 'One column',
  'learn.spectrum.low': 'low',
  'learn.spectrum.middle': 'middle',
  'learn.spectrum.bright': 'bright',
  'learn.spectrum.shares': 'low {low} %, middle {middle} %, bright {bright} %',
  'learn.spectrum.reading': 'Energy at {s} s: {shares}.',
  'learn.spectrum.kept': 'To compare, at {s} s: {shares}.',
  'learn.spectrum.keep': 'Keep this slice to compare',
  'learn.spectrum.pictureAlt': 'Sound picture, {d} seconds, marked at {s} s.',
  'learn.spectrum.sliceAlt': '20 ms of the waveform around {s} s, faded out at both ends.',
  'learn.spectrum.columnAlt':
    'The column of the sound picture at this moment, with the bright tones lifted a little so that they are seen.',
  'learn.pitch':
    'Finding the pitch|Finding the pitch.|Which tone is the voice’s own, and which are its overtones? For each slice there are up to six candidates. The page chooses the path through them that leaps least and fits best.|Switch the path off: see how often the best guess jumps an octave.',
  'learn.pitch.path': 'Follow the path',
  'learn.pitch.none': 'no tone',
  'learn.pitch.onPath': 'At {s} s on the path: {hz}.',
  'learn.pitch.byGuess': 'At {s} s by the best guess: {hz}.',
  'learn.pitch.leaps': 'Octave leaps in the whole recording: {path} on the path, {guess} by the best guess.',
  'learn.pitch.noLeaps':
    'Here the best guess never jumps an octave. With most voices it does now and then: try a longer recording, and switch the path off.',
  'learn.pitch.alt': 'Pitch candidates from {from} to {to} s. {words}',
  'learn.pitch.keyStrong': 'candidate',
  'learn.pitch.keyWeak': 'weak candidate',
  'learn.pitch.keyLine': 'chosen',
  'learn.lines':
    'Twenty-five lines|Twenty-five lines, like a sheet of music.|A hundred times a second, the page measures twenty-five things about the sound. The vertical line is one moment: read down it, as a conductor reads all instruments at once.|Drag the line to a place with an *s*. The pitch goes missing there: an *s* has none.',
  'learn.lines.all': 'Show all twenty-five',
  'learn.lines.fewer': 'Show the first eight',
  'learn.lines.none': 'none',
  'learn.lines.at': 'at {s} s',
  'learn.lines.alt': '{n} lines. At {s} s: {list}.',
  'learn.numbers':
    'Eighty-eight numbers|Eighty-eight numbers.|Recordings differ in length, so each line is turned on its side, and only a few numbers remain of it: the middle, the spread, the low and the high end. All in all 88, however long you spoke.|Find your most unusual number.',
  'learn.numbers.lld': 'Line',
  'learn.numbers.p20': 'low end',
  'learn.numbers.p50': 'middle',
  'learn.numbers.p80': 'high end',
  'learn.numbers.mean': 'on average {x}',
  'learn.numbers.spread': 'spread {x} (the band)',
  'learn.numbers.ends': 'low end {lo}, high end {hi}',
  'learn.numbers.among': 'All 88 among the reference voices',
  'learn.numbers.place': '{p} of 100 reference recordings lie lower.',
  'learn.numbers.through': 'Go through them',
  'learn.numbers.find': 'Show the most unusual',
  'learn.numbers.low': 'lower than all',
  'learn.numbers.high': 'higher than all',
  'learn.numbers.alt':
    '88 ticks among the reference voices; {n} lie with the lowest or the highest 5 %. Marked: {number}',
  'learn.layers':
    'Down to two|Down to two.|The network squeezes 88 numbers into 40, 20, 10, and at last into two: the place on the map. How dark a square is shows how strongly it answers; hatched means below the average voice.|Turn one group up and watch the dot walk.',
  'learn.layers.network': 'From 88 numbers to two',
  'learn.layers.turn': 'Turn a group of numbers up or down',
  'learn.layers.shift': '{d} steps, score {s}',
  'learn.layers.all': 'All 27 groups',
  'learn.layers.fewer': 'Only the six that count most',
  'learn.layers.back': 'All as recorded',
  'learn.layers.still':
    'As recorded the score is {s}; the average voice has {avg}. One step is the usual distance of a voice from the average voice.',
  'learn.layers.moved':
    'The score went from {before} to {s}. This voice is invented: nobody may be able to speak like that.',
  'learn.layers.alt':
    'Network of 88, 40, 20, 10 and 2 units. The last two say {a} and {b}, counted from the average voice.',
  'learn.models':
    'Four ways to teach it|Four ways to teach it.|The same numbers, the same voices, the same kind of network, taught in four ways. Only one was told to put activation (arousal) from left to right: only there does a line fall from the score to the dot.|Where does your dot go, and which map could you name?',
  'learn.models.key':
    'Dots are marked by what the actor was asked to play. The numbered disc is the voice that is followed. A dashed arrow points to where more activated voices turned out to lie.',
  'learn.models.alt': 'The voice lies {place}; no line falls.',
  'learn.models.altScore': 'The voice lies {place}; a line falls to it from its score, {s}.',

  'line.Loudness_sma3': 'Loudness|no unit',
  'line.alphaRatio_sma3': 'Brightness|alpha ratio, dB',
  'line.hammarbergIndex_sma3': 'Strength of overtones|Hammarberg index, dB',
  'line.slope0-500_sma3': 'Tilt of the low part|slope 0 to 500 Hz, dB/Hz',
  'line.slope500-1500_sma3': 'Tilt of the middle part|slope 500 to 1,500 Hz, dB/Hz',
  'line.spectralFlux_sma3': 'Change of sound|spectral flux',
  'line.mfcc1_sma3': 'Deep against bright|MFCC 1',
  'line.mfcc2_sma3': 'Ends against middle|MFCC 2',
  'line.mfcc3_sma3': 'Four bands in turn|MFCC 3',
  'line.mfcc4_sma3': 'Five bands in turn|MFCC 4',
  'line.F0semitoneFrom27.5Hz_sma3nz': 'Pitch|F0, Hz',
  'line.jitterLocal_sma3nz': 'Unsteady pitch|jitter, %',
  'line.shimmerLocaldB_sma3nz': 'Unsteady strength|shimmer, dB',
  'line.HNRdBACF_sma3nz': 'Clear or breathy|HNR, dB',
  'line.logRelF0-H1-H2_sma3nz': 'Soft or pressed|H1−H2, dB',
  'line.logRelF0-H1-A3_sma3nz': 'Lowest against bright|H1−A3, dB',
  'line.F1frequency_sma3nz': 'First resonance|F1, Hz',
  'line.F1bandwidth_sma3nz': 'Width of the first|F1 bandwidth, Hz',
  'line.F1amplitudeLogRelF0_sma3nz': 'Strength of the first|F1 amplitude, dB',
  'line.F2frequency_sma3nz': 'Second resonance|F2, Hz',
  'line.F2bandwidth_sma3nz': 'Width of the second|F2 bandwidth, Hz',
  'line.F2amplitudeLogRelF0_sma3nz': 'Strength of the second|F2 amplitude, dB',
  'line.F3frequency_sma3nz': 'Third resonance|F3, Hz',
  'line.F3bandwidth_sma3nz': 'Width of the third|F3 bandwidth, Hz',
  'line.F3amplitudeLogRelF0_sma3nz': 'Strength of the third|F3 amplitude, dB',

  keys: 'Keys',
  'keys.use': 'Single keys work on this page',
  'keys.r': 'Record, stop',
  'keys.esc': 'Cancel, close',
  'keys.p': 'Play, pause',
  'keys.o': 'Open files',
  'keys.s': 'Save',
  'keys.c': 'Compare with the one before',
  'keys.arrows': 'Up and down in the list',
  'keys.n': 'Choose a recording',
  'keys.help': 'This list',

  'privacy.sentence': 'What this page can do with your sound: nothing.',
  'privacy.lead':
    'It measures the sound here, on this device, and has no way to send it. The browser enforces that by the rules below, which the page brings along and cannot lift.',
  'privacy.rules': 'The rules in force',
  'privacy.for': 'What it is for, what it is not for',
  'privacy.use':
    'Undertone describes how activated a voice *sounds*, that is its activation (arousal), and shows what in the sound makes it so. It is made for learning, teaching, research, and curiosity. It hears sound, not feelings: the same score can come from joy or anger, and a calm voice can hide much. It learned from adults who acted, in German and Bangla.',
  'privacy.not':
    '**It is not a medical device and not for diagnosis or treatment. It is not for grading, ranking, watching or monitoring people. It must not be used in decisions about pupils, students, patients, applicants or employees.** In schools and at work, EU law (AI Act, Art. 5(1)(f)) forbids, with narrow exceptions, systems that infer feelings from the voice; use “Acoustics only” there. Record others only if they know and agree; for children, ask their parents too.',
  'privacy.model': 'The model',
  'privacy.learned': 'Learned from',
  'privacy.objective': 'Objective',
  'privacy.range': 'Range',
  'privacy.catalogue': 'Measures',
  'privacy.hash': 'Checksum',
  'privacy.licence': 'Licences',
  'privacy.licenceText':
    'Undertone is free software under the MIT licence or the Apache licence 2.0, as you choose.',

  'rule.default-src': 'Whatever is not named below: nothing.',
  'rule.script-src': 'Programs only from the page itself.',
  'rule.style-src': 'Styles only from the page itself.',
  'rule.img-src': 'Pictures only from the page itself.',
  'rule.media-src': 'Sound only from the page itself.',
  'rule.worker-src': 'Helpers only from the page itself.',
  'rule.manifest-src': 'Its description only from the page itself.',
  'rule.connect-src': 'No connection, not even to its own server.',
  'rule.base-uri': 'Nobody can bend its addresses.',
  'rule.form-action': 'No form can send anything.',
  'rule.sandbox':
    'It may ask you before it closes, and print. Where the server sends this rule, it can open no window.',
  'update.name': 'New version',
  'update.ready': 'A new version is ready. Reload when you like; your recordings will be gone unless saved.',
  'update.later': 'Later',
  'offline.title': 'Without internet',
  'offline.unknown': 'Checking whether this browser keeps the page.',
  'offline.ready':
    'Works without internet now. Your browser has kept the page: load it with the network off, and everything is there. You can also install it, from the browser’s menu.',
  'offline.none':
    'This browser does not keep the page. Once loaded, it works without internet until you close it.',
  'check.title': 'Test it now',
  'check.text':
    'The page tries twelve ways to send something out, to an address that does not exist and to its own server. Your browser should refuse each one, and say so.',
  'check.start': 'Try to connect',
  'check.trying': 'Trying 12 ways …',
  'check.all': 'All 12 were refused. Your browser keeps the page closed.',
  'check.out': '{k} of 12 got out: {list}. Use a newer browser.',
  'check.unclear': '{k} of 12 were refused. Of the others your browser does not say: {list}.',
  'check.noTest': 'Your browser allows no such test.',
  'check.refused': 'refused',
  'check.gotOut': 'got out',
  'check.silent': 'the browser does not say',
  'check.limits':
    'What the test leaves out: the rules let the page load its own pictures, styles and scripts, and where the browser does not know *Connection-Allowlist*, they do not reach direct calls between browsers (WebRTC). The page makes none.',
  'wayOut.fetch': 'Ask another server (fetch)',
  'wayOut.own': 'Ask its own server',
  'wayOut.xhr': 'Ask in the old way (XMLHttpRequest)',
  'wayOut.beacon': 'Leave a message behind (beacon)',
  'wayOut.socket': 'Open a line (WebSocket)',
  'wayOut.events': 'Listen to a server (EventSource)',
  'wayOut.image': 'Load a picture',
  'wayOut.script': 'Load a script',
  'wayOut.style': 'Load a style sheet',
  'wayOut.sound': 'Load a sound',
  'wayOut.frame': 'Put another page inside',
  'wayOut.window': 'Open a window',

  'emotion.anger': 'anger',
  'emotion.happiness': 'happiness',
  'emotion.surprise': 'surprise',
  'emotion.neutral': 'neutral',
  'emotion.sadness': 'sadness',
  'emotion.fear': 'fear',
  'emotion.disgust': 'disgust',
  'emotion.boredom': 'boredom',
  'emotion.calm': 'calm',

  'group.Pitch': 'Pitch and melody',
  'group.Loudness': 'Loudness and its swings',
  'group.SpecFlux': 'How fast the sound changes',
  'group.MFCC': 'Colour of the whole sound',
  'group.Jitter': 'Unsteadiness of pitch',
  'group.Shimmer': 'Unsteadiness of strength',
  'group.HNR': 'Clear or breathy',
  'group.Harmonics': 'Soft or pressed',
  'group.F1': 'First resonance of the mouth',
  'group.F2': 'Second resonance of the mouth',
  'group.F3': 'Third resonance of the mouth',
  'group.alphaRatio(V)': 'Brightness of the voice',
  'group.HB-idx(V)': 'Strength of the overtones',
  'group.SpecSlope1(V)': 'Tilt of the low part',
  'group.SpecSlope2(V)': 'Tilt of the middle part',
  'group.SpecFlux(V)': 'How fast the voice changes',
  'group.MFCC(V)': 'Colour of the voice',
  'group.alphaRatio(UV)': 'Brightness between the tones',
  'group.HB-idx(UV)': 'Peaks between the tones',
  'group.SpecSlope1(UV)': 'Low tilt between the tones',
  'group.SpecSlope2(UV)': 'Middle tilt between the tones',
  'group.SpecFlux(UV)': 'Change between the tones',
  'group.LoudPeaksPS': 'Beats per second',
  'group.SegPerSec(V)': 'How often the voice sets in',
  'group.SegLen(V)': 'Length of the tones',
  'group.SegLen(UV)': 'Length of the gaps',
  'group.SoundLevel': 'Overall level',

  'family.frequency': 'Tone and resonance',
  'family.energy': 'Strength and clarity',
  'family.spectral': 'Colour of the sound',
  'family.temporal': 'Tempo and pauses',
  'about.Pitch': 'how high or low the voice lies, and how much it moves.',
  'about.Loudness': 'how strong the speech seems to the ear, and how sharply it swells and fades.',
  'about.SpecFlux': 'how much the sound picture changes from one hundredth of a second to the next.',
  'about.MFCC': 'the broad shape of the sound picture, pauses included.',
  'about.Jitter': 'tiny differences in length from one vibration of the vocal folds to the next.',
  'about.Shimmer': 'tiny differences in strength from one vibration to the next.',
  'about.HNR': 'how much pure tone there is compared with breath and noise.',
  'about.Harmonics':
    'how much the lowest tone stands out from the ones above. A pressed voice has strong high ones.',
  'about.F1': 'rises when the mouth opens.',
  'about.F2': 'rises when the tongue goes forward, as in “ee”.',
  'about.F3': 'shaped by the lips and the front of the tongue.',
  'about.alphaRatio(V)': 'strength above 1,000 Hz compared with below, in the tones.',
  'about.HB-idx(V)': 'how far the strongest low peak stands above the strongest high one, in the tones.',
  'about.SpecSlope1(V)': 'how strength rises or falls up to 500 Hz, in the tones.',
  'about.SpecSlope2(V)': 'how strength rises or falls from 500 to 1,500 Hz, in the tones.',
  'about.SpecFlux(V)': 'change of the sound picture, in the tones only.',
  'about.MFCC(V)': 'the broad shape of the sound picture, in the tones only.',
  'about.alphaRatio(UV)': 'strength above 1,000 Hz compared with below, in s, f, breath and pauses.',
  'about.HB-idx(UV)':
    'how far the strongest low peak stands above the strongest high one, in s, f, breath and pauses.',
  'about.SpecSlope1(UV)': 'how strength rises or falls up to 500 Hz, in s, f, breath and pauses.',
  'about.SpecSlope2(UV)': 'how strength rises or falls from 500 to 1,500 Hz, in s, f, breath and pauses.',
  'about.SpecFlux(UV)': 'how fast the sound picture changes in s, f, breath and pauses.',
  'about.LoudPeaksPS': 'peaks of strength in a second, roughly the syllables.',
  'about.SegPerSec(V)': 'stretches of tone per second.',
  'about.SegLen(V)': 'how long the voice sounds at a time, and how much that varies.',
  'about.SegLen(UV)': 'how long it stays without tone, and how much that varies.',
  'about.SoundLevel': 'the mean strength of the recording, after levelling.',
  'about.frequency': 'how high the voice is and how the mouth colours it.',
  'about.energy': 'how strong and how clean the voice sounds.',
  'about.spectral': 'how strength is spread from deep to bright.',
  'about.temporal': 'how fast and how connected the speech is.',

  'statistic.mean': 'on average',
  'statistic.variation-coefficient': 'how much it varies',
  'statistic.percentile20': 'the low end (80\u00A0% lie above)',
  'statistic.percentile50': 'the middle',
  'statistic.percentile80': 'the high end (20\u00A0% lie above)',
  'statistic.percentile-range': 'the span between low and high end',
  'statistic.mean-rising-slope': 'how fast it rises',
  'statistic.sd-rising-slope': 'how evenly it rises',
  'statistic.mean-falling-slope': 'how fast it falls',
  'statistic.sd-falling-slope': 'how evenly it falls',
  'statistic.rate': '',
  'statistic.standard-deviation': 'how much it varies',
  'part.mfcc1': 'deep against bright',
  'part.mfcc2': 'ends against middle',
  'part.mfcc3': 'four bands in turn',
  'part.mfcc4': 'five bands in turn',
  'part.logRelF0-H1-H2': 'against the next tone',
  'part.logRelF0-H1-A3': 'against the bright tones',
  'part.frequency': 'where it lies',
  'part.bandwidth': 'how wide the resonance is',
  'part.amplitude': 'how strong it is beside the lowest tone',
  'lld.F0semitoneFrom27.5Hz': 'how high or low the voice lies',
  'lld.loudness': 'how strong the speech seems to the ear',
  'noun.F0semitoneFrom27.5Hz': 'the pitch',
  'noun.loudness': 'the loudness',
  'lld.spectralFlux': 'how much the sound picture changes from one hundredth of a second to the next',
  'lld.mfcc1': 'how far the deep part of the sound outweighs the bright part',
  'lld.mfcc2': 'how far the deep and the bright end of the sound outweigh its middle',
  'lld.mfcc3': 'how far strong and weak take turns from deep to bright, in four bands',
  'lld.mfcc4': 'how far strong and weak take turns from deep to bright, in five bands',
  'lld.jitterLocal': 'how much neighbouring vibrations of the vocal folds differ in length',
  'lld.shimmerLocaldB': 'how much neighbouring vibrations of the vocal folds differ in strength',
  'lld.HNRdBACF': 'how far the tone outweighs breath and noise',
  'lld.logRelF0-H1-H2': 'how far the lowest tone stands above the next one',
  'lld.logRelF0-H1-A3': 'how far the lowest tone stands above the strongest one near the third resonance',
  'lld.frequency': 'where the {which} resonance lies',
  'lld.bandwidth': 'how wide the {which} resonance is',
  'lld.amplitude': 'how strong the {which} resonance is beside the lowest tone',
  'resonance.1': 'first',
  'resonance.2': 'second',
  'resonance.3': 'third',
  'lld.alphaRatio': 'how strong the sound is above 1,000 Hz compared with below',
  'lld.hammarbergIndex':
    'how far the strongest peak below 2,000 Hz stands above the strongest one from there to 5,000 Hz',
  'lld.slope0-500': 'how steeply strength rises up to 500 Hz (below zero: falls)',
  'lld.slope500-1500': 'how steeply strength rises from 500 to 1,500 Hz (below zero: falls)',
  'place.V': ', in the tones',
  'place.UV': ', between the tones',
  'meaning.mean': '{x}{where}.',
  'meaning.variation-coefficient': '{x}{where}: how far that swings, as a share of the average.',
  'meaning.signed': '{x}{where}: how far that swings, as a share of the average and with its sign.',
  'meaning.percentile20': 'four fifths of the time {it} lies above this.',
  'meaning.percentile50': 'half of the time {it} lies above this, half below.',
  'meaning.percentile80': 'one fifth of the time {it} lies above this.',
  'meaning.percentile-range': 'three fifths of the time {it} keeps within a span of this size.',
  'meaning.mean-rising-slope': 'how fast {it} goes up where it does, on average.',
  'meaning.sd-rising-slope': 'how evenly {it} goes up. A high value means unevenly.',
  'meaning.mean-falling-slope': 'how fast {it} goes down where it does, on average.',
  'meaning.sd-falling-slope': 'how evenly {it} goes down. A high value means unevenly.',
  'explain.loudnessPeaksPerSec': 'Peaks of loudness in a second, roughly the syllables.',
  'explain.VoicedSegmentsPerSec': 'How many stretches of tone there are in a second.',
  'explain.MeanVoicedSegmentLengthSec': 'How long the voice sounds at a time, on average.',
  'explain.StddevVoicedSegmentLengthSec': 'How much the stretches of tone differ in length.',
  'explain.MeanUnvoicedSegmentLength': 'How long it stays without tone at a time, on average.',
  'explain.StddevUnvoicedSegmentLength': 'How much the gaps between the tones differ in length.',
  'explain.equivalentSoundLevel_dBp':
    'Mean strength of the whole stretch, against the loudest that a file can hold.',

  'unit.1/s': 'per second',
  'unit.dB re F0': 'dB re lowest tone',
  'unit.st': 'semitones',
  'unit.st/s': 'semitones/s',
};
