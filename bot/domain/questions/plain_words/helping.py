"""Questions about recbot itself, and which help answers them."""

import re

from bot.domain.questions.grammar.verbs import VERBS
from bot.domain.questions.plain_words.help_topics import topic_of
from bot.domain.questions.plain_words.meanings import Meaning as M
from bot.domain.questions.plain_words.orders.messages import being_away
from bot.domain.questions.plain_words.orders.register_upkeep import taking_back
from bot.domain.questions.plain_words.pieces import PieceKind
from bot.domain.questions.plain_words.places import nearest
from bot.domain.questions.plain_words.sentence import Sentence
from bot.domain.questions.plain_words.states import ANSWERS, STAGES
from bot.domain.questions.plain_words.understanding import (
    Answerable,
    NotAnswered,
    Offered,
    Understanding,
    WhyNot,
)

_I = r"(?:i|we|you|one|u|someone|somebody|anyone|anybody)"
_FILES = ("export", "map", "chart", "letter")
# What is done by a command of one word, and not only looked up: "digest: how does it work".
_VERBS = "|".join(
    verb.name for verb in VERBS if " " not in verb.name and (verb.writes or verb.name in _FILES)
)
# Somebody whom nobody mentioned: "set Priya up to record for Cheshire", "set up Priya at Dorset so she can record"
_SETS_UP = (
    r"(?:can you |could you |i want to |i need to |we need to )?(?:set|sign) (?:up (?!(?:a|an|the|our|my|new)\b)[a-z]+|(?!(?:a|an|the|our|my|us|me|it|this|that|them)\b)[a-z]+ up)\b"
    r"(?!.*<@)(?=.*\b(?:records?|recording|contact|access)\b)"
)
# How something stands is asked of the register: "the boss wants to know how we do on 15".
_STANDING = r"(?:stand|compare|look(?! (?:at|up|back|into))|measure up|fare|do on|rate|rank|get on)\b"
# What a question about recbot begins with, after a greeting.
_BEGINNINGS = (
    r"help\b",
    r"(?:can|could|would|will|please|pls) (?:you |u |anyone |anybody |someone |somebody |please )*help(?: me| us)?(?: out)?(?: here| now)?(?: please| pls)?(?: with (?:this|it|recbot|using (?:this|it|recbot)))?\W*$",
    r"(?:(?:can|could|may) (?:i|we) (?:please )?(?:get|have) |(?:i |we )?(?:really |just |could do with |would like |want |need )+|any |is there any )(?:some |a bit of |a little |any |a )*help(?: please| pls| available| here| out)*(?: with (?:this|it|recbot|using (?:this|it|recbot)))?\W*$",
    r"(?:do|will|would|must|should|did) (?:i|we|you|they|people|contacts|viewers) (?:really |also |each |all |first )*(?:need|require|want|have to have|need to have|need to set up|need to get|have to get) (?:an? |any |my own |our own |their own |a separate |a special |another |the )*(?:login|log in|log-in|account|password|username|user name|user id|licen[cs]e|app|training|slack account|subscription)\b(?!.*\d)",
    r"(?:(?:please |pls |can you |could you |will you |would you |someone )*(?:show|teach|learn|give|talk|walk|run|take) (?:me|us) (?:the ropes|the basics|round|around|a tour|a demo|an? (?:quick |short |brief )?(?:demo|tour|intro|introduction|overview of (?:this|recbot|you)|walk ?through)|through (?:it|this|recbot|the basics|how (?:this|it) works))|learn the ropes)\b",
    r"(?:i am |i'm |im )(?:a bit |a little |completely |totally |really |so |well and truly )*(?:stuck|muddled|lost|confused)(?: here| now| with (?:this|it|recbot))?(?: please)?(?:,? help)?\W*$",
    r"(?:(?:can|could|may) (?:i|we) (?:get|have) |(?:i |we )?(?:really |just |could do with |would like |want |need )+)a (?:bit of a )?hand(?: please| pls| here| with (?:this|it|recbot))?\W*$",
    r"(?:i |we )?(?:have |'ve |can not |cannot |do not )?(?:forgotten|forgot|forget|remember|recall) how (?:to|i|we|you|it|this)\b(?!.*\d)",
    r"(?:where|which|what)(?: is| are)? (?:the |your )?(?:user |instruction |instructions |quick )?(?:manual|guide|handbook|instructions)\W*$",
    r"(?:i |we )?(?:keep|kept) (?:on )?(?:getting|doing|typing) (?:this|it) wrong\W*$",
    r"(?:i |i've |i have |we |we've |we have )?(?:never|not) (?:used|seen|tried) (?:this|it|recbot|this bot|one of these)(?: thing)?(?: before)?\b",
    r"where (?:do|should|would) (?:i|we) (?:even )?(?:begin|start)\W*$",
    r"(?:can|could|do|must|should) (?:i|we) (?:just |have to )?(?:talk|type|write|speak|chat) to (?:you|it|this|recbot) (?:normally|naturally|in|like|as)\b",
    r"(?:a |the )?list of (?:things|stuff|what|commands|words) (?:that )?(?:i|we|you) can (?:type|ask|say|do|use)\b",
    rf"{_SETS_UP}",
    rf"how (?:do|can|would|should|could|might) {_I}\b",
    r"how (?:to|often)\b",
    r"how does one\b",
    r"how do(?:es)? (?:the )?\w+(?: \w+)? work\b",
    r"what(?: is| are)? (?:the |a |an )?(?:right |correct )?(?:format|syntax|commands?|way to|best way to|options)\b",
    r"(?:which|what) (?:commands?|words)\b",
    r"what(?: is|s)? (?:the )?(?:right |correct |proper |exact )?(?:wording|word|words|phrase|phrasing|term|verb|command|code|format|syntax)"
    r" (?:to|for|i|we) (?:say|saying|record|recording|put|putting|mark|marking|log|logging|use|enter|entering|type|tell|telling|when|if)\b",
    r"what(?: is|s)? (?:the )?(?:right |correct )?(?:word|command|verb|term|phrase|syntax) for (?!us|them|#?[0-9])",
    r"(?:what|which) (?:columns?|headings?|headers?|fields?|rows|layout|file types?|file formats?|formats?|types of file)\b"
    r"(?=.*\b(?:go|goes|do|does|are|is|should|must|need|needed|can|import|file|spreadsheet|upload|template|have to|expect)\b)",
    r"can (?:two|three|both|several|more than one|another|other people|someone else|somebody else|anyone else|a second|my deputy|my colleagues?|colleagues)"
    r"\b.*\b(?:records?|update|report|answer|have access|be (?:down as |put down as |named as )?(?:a )?contacts?|do this|do it|use)\b",
    r"(?:does|do|must|should|can) (?:a |an |the )?[\"'“‘]?(?:complete|completed|completion|done|blocked|accept|acceptance|decline|partly|note|progress|refusal)s?[\"'”’]?"
    r" (?:need|needs|require|requires|have to have|has to have|take|count|include|mean)\b",
    r"(?:a )?(?:bit |little |totally |completely |rather |slightly )*(?:lost|confused|baffled|out of my depth)(?: (?:here|now|tbh|honestly|with (?:this|it)|by (?:this|it)))*\W*$",
    r"(?:will|can|does|do|would) (?!i\b|we\b|you\b|it\b)[a-z]+ (?:see|know|read|hear|find out|get told|be told|get (?:a |an )?(?:message|email|notification|note|copy))\b(?=.*\b(?:i|we|my|our)\b)",
    r"do (?:i|we|you) (?:really |always )?need (?:any |a |an |the |some )?(?:evidence|reasons?|proof|links?|permission|approval|documents?|attachments?)\b",
    r"(?:is|are) (?:the |my |our |these )?(?:notes?|updates?|texts?|answers?|comments?|reasons?|words) .*\b(?:public|private|confidential|visible|secret|published|shared)\b",
    r"who do(?:es)? (?:the |a |my |our )?(?:reminders?|digest|messages?|notifications?|alerts?) (?:go|get sent|come) (?:to)?\b",
    r"can (?:someone|somebody|anyone|another person|my deputy|a colleague)(?: else)? (?:get|have|receive|take over|see) (?:the |my |our )?(?:reminders?|digest|messages?|notifications?)\b",
    r"(?:a |the |full |complete |all )*(?:list of |all )?(?:the )?commands(?: list)?\W*$",
    r"(?:a |the |any |is there a )?(?:user |quick )?(?:guide|handbook|how to|crib ?sheet|cheat ?sheet|user manual|tutorial|walk ?through)\W*$",
    r"what can (?:i|we) do (?:in |on |from |over |round )?(?:here|with (?:this|it|you|recbot))\b",
    r"what (?:do|should|can|must|would) (?:i|we|you|u)(?: have to| need to)? (?:type|do (?:to|if|when)|ask|say|write|put if|press|use)\b",
    r"what do(?:es|se)? (?:the )?(?:words? |terms? )?[\"'“‘]?[\w ]+[\"'”’]? mean\b",
    r"what is meant by\b",
    r"(?:what(?: is| are)? )?(?:the word |the term )?[\w ]{2,30}? (?:meant|supposed|intended) to mean\b",
    r"(?:what(?: is)? )?(?:the |a )?(?:meaning|definition) of (?:an? )?(?!(?:rec|the rec|recommendation|\d))\w+(?: \w+)?$",
    r"define (?!(?:rec|the rec|recommendation|\d))\w+(?: \w+)?$",
    r"what do you mean by\b",
    r"what (?:exactly )?(?:is|are) (?:an? |the )?(?:extensions?|notes?|undo|digests?|checks?|slips?|approvals?|returns?|return workbooks?|derived recommendations?|expected date|reminders?)(?: for| exactly| anyway)*$",
    r"(?:tell|teach) (?:me|us) (?:more |a bit |something |a little )?about (?:the |your )?(?:reminders?|notes?|extensions?|undo|approvals?|returns?|permissions?|commands?)$",
    r"(?:what about |how about )(?:the |your )?(?:reminders?|undo|approvals?|commands?)$",
    rf"(?:[a-z']+ ){{1,4}}(?:wants?|needs?|would like|is asking|are asking|asks?|asked) (?:to know |me |us )?how (?:to|(?:i|we|you|one|they|somebody|someone|a body) (?:would|can|could|should|might|do|must|go about)) (?!{_STANDING})",
    rf"how (?:i|we|you|one) (?:would|could|can|might|should|go about) (?!{_STANDING}|.*\d)",
    rf"if {_I} (?:wanted|needed|wished|had|were going|were|decided|chose) to .*\b(?:what|how|who|where|which) (?:would|do|should|could|can|must) {_I}\b",
    r"(?:can|could|may|will|would) (?:i|we) (?:get|be) (?:told|notified|alerted|messaged|e-?mailed|pinged|informed) (?:when|if|whenever|about|of) (?:something|anything|things|stuff|changes|news|updates)\b",
    r"(?:have you |do you have |you |you have |is there )?(?:got )?(?:a |any |some )?(?:crib ?sheet|cheat ?sheet|user guide|user manual|list of commands|instructions)\W*$",
    r"(?:can|could|may|might) (?:i|we|you) (?:change|choose|move|set|pick|alter|delay) (?:when|which day|what day|what time|the (?:day|time)|the hour)\b.*\b(?:digest|reminders?|round ?up)\b",
    r"what are (?:my|our|the|all the) (?:options|choices)\W*$",
    r"(?:can|could|do|are) you (?:able to )?(?:draw|do|make|produce|handle|create|read|export|understand) (?:any )?(?:maps|charts|graphs|spreadsheets|files|pdfs?|letters|word documents|pictures|typos|questions)\W*$",
    r"how (?:is|are|should|must|would|might|ought) (?:an?|the|my|our|one's)? ?(?:\w+ )?(?:decline|refusal|acceptance|completion|note|update|response|answer|extension|reminder|digest|undo|command|text|reason|date|file|recording|question|recommendation|rec|report)s? "
    r"(?:\w+ )?(?:be |to be |supposed to be |meant to be )?(?:typed|written|recorded|entered|put|logged|sent|made|done|worded|phrased|spelt|given|added|asked|set out|closed|reopened|checked|withdrawn|extended|approved|granted|completed|accepted|declined|corrected|undone)\b",
    r"(?:(?:show|give|tell|send) (?:me|us) )?(?:what are )?(?:the |a |an )?(?:full |whole |complete )?(?:list of |all )?(?:the )?(?:things|stuff|everything|commands|words|questions|what) (?:that )?(?:i|we|you|one|people) (?:can|could|may|am allowed to|are allowed to) (?:type|ask|say|use|do|write|put)\b",
    r"(?:i |i have |we |we have )?(?:been |was |were )?(?:told|asked|made|meant|supposed) to use (?:this|it|you|recbot|the bot)\b",
    r"(?:i |we )?(?:have )?(?:not |no )(?:got )?(?:a |the )?(?:clue|idea|foggiest|faintest|notion) (?:how|what)(?: (?:to|this|it|i|you|any)\b.*)?$",
    r"(?:can|could|will|would) (?:you|i|we|someone|somebody) (?:please )?(?:set|sign|get|add) (?!(?:us|me|it|this|that|them|a|the|our|my)\b)[a-z]+ (?:up|set up|added|on)\b(?=.*\b(?:records?|contact|access|for|to)\b)",
    r"why (?:does|do|did|is|are|was) (?:the |my |our |this |your )?(?:export|file|spreadsheet|workbook|digest|map|chart|letter|account|button|buttons|form|link|reminder|reminders|list|answer|help|home tab|home)s?\b(?! (?:late|overdue|blocked|stuck|behind)\b)",
    rf"when (?:should|do|would|must|can) {_I} (?:use|type|choose|pick) (?:the (?:word|verb|command) )?\w+\W*$",
    rf"after {_I} (?:hit|click|press|use|type|choose) (?:the )?\w+ (?:will|does|do|can|could|would|is|are)\b",
    rf"if {_I} (?:hit|click|press|use|tap|choose|pick|run) (?:the )?\w+ (?:will|does|do|can|would|is)\b",
    r"(?:what(?: is)? )?(?:the )?difference between\b",
    r"what do(?:es)? \w+ing(?: \w+){0,3} (?:do|mean|involve|change)\b",
    r"what happens (?:if|when|to|after)\b",
    r"what if i\b",
    r"if i (?:press|click|type|record|undo|delete|send)\b",
    r"(?:syntax|format|examples?|instructions|usage|command|template)\b(?: for| of| to|$)",
    r"can i (?:undo|delete|edit|change|correct|take|attach|record(?! that)|do|use|type|see who can)\b",
    r"can (?:i|we) (?:get|have|ask for|request) (?:an extension|more time|longer|extra time|another extension)\b(?!.*\d)",
    r"am i (?:meant|supposed|allowed|able) to\b",
    r"do i (?:have|need) to (?!do\b|worry\b|chase\b)",
    r"who (?:sees|can see|will see|reads|can read|gets to (?:see|read)|is able to (?:see|read)|has sight of)\b",
    r"(?:can|could|may|might) (?:i|we) (?:have|get) an? (?:explanation|definition|overview|description|run ?through|walk ?through) of (?!.*\d)",
    r"do(?:es)? (?:an?|the|my|our|every|each) (?:extension|reminder|digest|reason|note|closure|check|withdrawal|extension request|request|reopen|reopening|undo|decline|acceptance|completion|correction|export|update) (?:\w+ )?(?:wipe|delete|lose|erase|remove|overwrite|clear|affect|alter|change|tell|notify|send|need|have|require|count|go|come|cost|expire|last|get|stay|show|take|include)\b(?!.*\d)",
    r"(?:it|recbot|this|the bot|this thing) (?:did not|does not|will not|would not) (?:like|understand|accept|take|get|recognise|recognize) (?:what (?:i|we)|my|me|anything|a word)\b",
    r"(?:i |we )?(?:never|do not|can never) (?:know|remember) (?:what|how) to (?:put|type|write|say|phrase)\b",
    r"(?:.* )?(?:can|could|may) (?:i |you |we )?(?:just )?(?:talk|speak|write|type|chat) to (?:you|recbot|this|it) (?:normally|in plain english|in english|like a person|naturally|in my own words|as normal)\b",
    r"about (?:an? |any )(?:date|day|time) (?:in the past|gone by|that has passed)\W*$",
    r"(?:.* )?i can just (?:talk|speak|write|type|chat) to (?:you|recbot|this|it)\b",
    r"(?:can|could|may) (?:i|we) (?:ask about|look at|look up|look back at|see) (?:an? |the |any )?(?:(?:date|day|time) (?:in the past|that has passed|before today|gone by)|(?:earlier|past) (?:date|day))\b(?!.*\d)",
    r"(?:will|would|does|do) (?:anybody|anyone|somebody|someone|people|they|everyone|everybody) (?:get|be|see|hear|know|receive|find out)\b.*\b(?:if|when) i\b",
    r"once (?:i|we) (?:have|'ve|ve)? ?\w+.*\b(?:can|could|may) (?:it|i|we|that|this) (?:be )?\w+(?: off| back| out)?(?: again| later| afterwards)?\W*$(?<!\d)",
    r"if (?:i|we) (?:say|said) no\b.*\b(?:would|will|do|shall) (?:i|we) (?:still )?(?:be|get) (?:chased|reminded|nagged|told)\b",
    r"is (?:it|this|what i write|my note) (?:private|confidential|public)\b",
    r"do (?:the )?reminders\b",
    r"what (?:do|can|does) (?:you|this|recbot|the bot|it) do\b",
    r"what(?: is| are)? (?:this|recbot|you)(?: thing| bot)?\W*$",
    r"what(?: is|'s) (?:this|recbot|it|the bot) for\b",
    r"what counts as\b",
    r"what do(?:es)? (?:the (?:command|word|verb) )?[\"'“‘]?\w+[\"'”’]? do\b",
    r"can i send (?:the|a|this)? ?digest\b",
    r"who are you\b",
    r"commands\W*$",
    r"are you (?:a |an )?(?:real|bot|robot|human|person|machine|computer|ai|llm|chatbot|assistant|program)\b",
    r"(?:first day|new) here\b",
    r"i am (?:new|lost|confused)\b",
    r"(?:explain|guide|instructions|manual)\b",
    r"(?:tell|show|teach) (?:me|us) how (?:to|i|we|it)\b",
    r"(?:speak|talk) to (?:a|an|some)\b",
    r"what (?:would|will|does|do) (?:happen|happens)(?: to [a-z ]+?)? (?:if|when|to|after|once)\b",
    r"who (?:gets|receives|is sent|will get|will receive) (?:the|a|an|my|this|these)\b",
    r"does (?:saying|pressing|typing|recording|accepting|declining|marking|clicking|sending|writing|adding|undoing|withdrawing|recbot"
    r"|the bot|this bot|it (?:matter|count|save|send|tell|email|notify|remember|show|cost|work))\b",
    rf"if {_I} (?:get|make|put|accept|decline|mark|say|reject|complete|close|reopen|open|check|tick|undo|withdraw|grant|remove|lose|forget|leave|move|change|start|add|share|export|write|enter|send|type|press|record)\b"
    r".*\b(?:(?:can|does|will|is|do|would|are) (?:i|we|you|it|they|the|that|this|anyone|anybody|people|everyone|my|our)|what|who|how)\b",
    rf"what (?:do|should|must|would) {_I} (?:need|have) to (?:have|press|click|tap|choose|pick|fill|include|attach|provide|put|send)\b",
    rf"(?:what|which|where) (?:do|should|must) {_I} (?:press|click|tap|choose|pick|fill in)\b",
    r"(?:which|what) (?:button|form|field|box|screen|tab|menu)\b",
    rf"where (?:do|can|should|would) {_I} (?:find|see|click|press|go to|look|add|change|start)\b(?! (?:out )?(?:who|what|which|how many|if))",
    r"where (?:is|are) (?:the|my) (?:button|form|help|settings|menu|manual|guide|instructions)\b",
    r"(?:do|would|should|will|does) (?:i|we|one|a body|anyone(?! (?:need|want)\b)) (?:have to |ever )?(?:need|have to ask for|want) (?:an extension|more time|approval|permission|a reason)\b",
    rf"(?:can|could|may) {_I} (?:undo|use|type|paste|delete|edit|attach|do this|turn off|switch off|mute|unsubscribe|stop getting|snooze)\b",
    r"(?:can|could|will|would|do|does) (?:(?:some|any|every)(?:one|body)(?: else)?|other (?:bodies|forces|pccs|contacts|offices|areas)|viewers)"
    r" (?:see|read|edit|change|get told|find out|know what|be told)\b(?: (?:our|my|the|what|this|it|that))?",
    r"(?:can|could|may) (?:i|we) (?:attach|upload|add (?:a |an |more |some )?(?:links?|files?|documents?|evidence|photos?|pictures?|colleagues?))\b",
    r"(?:can|could|may|am|are) (?:i|we) (?:able to )?(?:still |now |also |always |later )?(?:change|correct|undo|take back|edit|alter|amend|revise) (?:our|the|my|an?|it|that|this|what|something)\b",
    r"(?:is|are|will|does) (?:what|anything|everything) (?:i|we) (?:type|write|say|record|put|enter)\b",
    r"when (?:will|do|does) (?:i|we) (?:be|get) (?:reminded|chased|told|nagged)\b",
    r"(?:i |we )?(?:need|want|could do with) (?:some |a bit of |a little )?help\b",
    r"(?:give|show) (?:me|us) (?:some |a few |an )?examples?\b",
    r"(?:some |any )?examples?(?: please| pls)?\W*$",
    r"show (?:me|us) what (?:you|it|this|recbot) (?:can|could) do\b",
    r"what now\W*$",
    r"do you (?:work on|speak|support|remember|understand)\b",
    r"what languages?\b",
    r"is there (?:an app|a mobile|a website|a web page|a web version)\b",
    r"(?:can|could|will|would|do|does) (?:other |the |all |any )?(?:people|others|everyone|everybody|anyone|anybody|public|press|forces|bodies|colleagues"
    r"|my boss|coordinators?|viewers?|inspectorate|association) (?:see|read|edit|change|get told|find out|know what|be told)\b",
    r"(?:does|do|can|will|could|would|should) (?:recbot|the bot|this bot|this thing|this app|the app|this tool)\b",
    r"(?:is|are) there (?:a |an |any )?(?:limit|button|command|shortcut|form|template|guide|help|manual|trick|faq|training|maximum|word limit|short cut)\b",
    r"(?:stop|turn off|switch off|mute|unsubscribe|how do i stop)\b.*\b(?:reminders?|messages?|messaging|emails?|nagging|pinging|notifications?|me)\b",
    r"(?:snooze|pause|mute|silence)\b.*\b(?:reminders?|messages?|notifications?)\b",
    r"(?:stop|quit) (?:reminding|messaging|pinging|nagging|emailing|chasing) (?:me|us)\b",
    r"(?:too|so) many (?:buttons|options|choices|commands|words)\b",
    r"(?:i )?(?:do not|can not) (?:understand|get (?:it|this|that|how|recbot|the hang|my head)|see how|work out how|figure out how|know how|know what to)\b",
    r"(?:not sure|unsure|no idea|do not know|any idea) (?:how|what) (?:to|i|we)\b",
    r"how long (?:can|may|should) (?:a |my |an? )?(?:note|text|update|reason|comment)\b",
    r"how many (?:characters|words) (?:can|may|do)\b",
    r"what(?: is|s)? (?:the )?(?:limit|maximum|longest)\b.*\b(?:note|text|update|reason|characters|words)\b",
    r"why (?:can not|can|could not|will not|am|do not|is) (?:i|we|it|the bot|recbot)(?: not)? (?:able to |let me |allowed to )?(?:record|type|see|undo|accept|complete|export|add|use|change|edit|delete|do)\b",
    r"(?:what|which) (?:kinds?|sorts?|types?) of (?:things?|questions?|files?|commands?) (?:can|do|could|may) (?:i|you|we|it|recbot)\b",
    r"(?:remind me|tell me|show me|explain) (?:again )?how (?:to|i|we|you|this|it)\b",
    r"(?:just )?(?:getting|got) started\W*$",
    r"(?:a |some |any )?(?:training|guidance|instructions|tips|tutorial|cheat ?sheet)\b(?: on| for| in|\W*$)",
    rf"where (?:do|can|should|would) {_I} (?:upload|attach|send|submit|paste|log|start|begin)\b",
    rf"what (?:am|are|is) {_I} (?:allowed|able|meant|supposed|expected) to (?:do|type|say|write|record|see)\b(?! (?:for|on|about|under|with) (?:rec|15|16|25|27))",
    r"why (?:do|does|am|did|are) (?:i|we) (?:keep |always |still )?(?:get|getting|gets|got|have|having|receive|receiving|being)\b.*\b(?:reminders?|messages?|emails?|chased|reminded|nagged|notifications?)\b",
    r"(?:i |i have |i've |we |we have )?(?:just|recently|newly) (?:joined|started here|started in|moved|arrived|taken over)\b",
    r"where (?:do|can|should) i (?:type|record|enter|put|write|find out how)\b",
    r"is there (?:a|any) (?:guide|manual|way (?:to|of)|means of)\b",
    r"(?:can|could) (?:i|we) (?:get|have|download|export) (?:this|it|that|these) (?:as|in|into) (?:an? )?\w+\b.*\bhow\W*$",
    r"(?:what(?: is| are)? )?(?:the |a |any )?(?:correct |right |proper |usual |formal )?(?:procedures?|process|method|approach|protocol|mechanism|steps?|rules?|routine|requirements?|instructions?"
    r"|guidance|conventions?|etiquette) (?:for|to|of|on|about|when|in order to) (?!(?:rec|the rec|recommendation|\d))",
    r"is it (?:possible|ok|okay|allowed|permitted|permissible|acceptable|alright|all right|fine|sensible) (?:for (?:us|me|a body|somebody|someone|bodies|a contact) )?(?:to|if (?:i|we|somebody|someone)) "
    r"(?!(?:see|have|get|know|be (?:told|given|sent|shown)|show|tell|list|obtain|find out)\b)",
    r"if (?:i|we|you|someone|somebody|a body|a contact|a coordinator) \w+ (?:something|anything|a|an|the|my|our|it|one|this|that|them|by|on|what)\b.*\b(?:can|does|will|is|do|would|are|could|what|who|how)\b",
    r"(?:am|are) (?:i|we|contacts|viewers|coordinators|people|bodies) (?:meant|supposed|allowed|able|permitted|entitled|required|expected|free|obliged) to\b(?! (?:do|finish|complete|answer|respond|reply|have|be)\b)",
    r"(?:must|should) (?:a|an|each|every) (?:note|text|reason|update|comment|response|answer|body|contact)\b",
    r"how (?:does|do|is|are|can|should|would) (?:one|somebody|someone|a (?:body|contact|coordinator|viewer|person|force|pcc)|people|contacts|coordinators|viewers|bodies) "
    r"(?!(?:doing|getting|progressing|compare|stand|coming|faring|responding|performing)\b)\w+",
    r"who (?:can|may|is (?:allowed|able|permitted|authorised|entitled) to|gets to|has (?:the )?(?:right|power|authority|permission) to|decides|approves)"
    r" ?(?:record|update|add|enter|change|edit|accept|decline|mark|complete|note|report|respond|answer|log|grant|extend|close|withdraw|delete|remove|correct|check|undo|extensions?|requests?)\w*\b"
    r"(?! (?:for|in|at|on behalf of) (?!an?\b|any\b|another\b|each\b|every\b|somebody|someone))",
    r"(?:show|give|send|tell|find) (?:me|us) (?:the |some |any |a |your )?(?:instructions?|guidance|help|examples?|manual|guide|tips|user guide|documentation)\b",
    r"what(?: is| are)? (?:the )?(?:effects?|consequences?|results?|impact|implications?|point|purpose|meaning|significance|use|outcome|upshot) (?:of|if|when|in) (?!(?:rec|the rec|recommendation|\d))",
    r"(?:is|can|may|could|will|must|does|should|would) (?:an?|one's|any) (?:entry|note|update|answer|response|text|comment|recording|acceptance|refusal|completion|mistake|closure|check|reminder|viewer|contact)\b",
    r"do (?:people|bodies|contacts|those|forces|offices|pccs|they)(?: who| that)?\b.*\b(?:get|receive|be sent|still get|hear|see)\b.*\b(?:chased|reminded|reminders?|messages?|nagged|notified|emails?|the digest|told)\b",
    r"how (?:should|must|does) (?:a|an|the|my|our) (?:note|update|text|reason|response|answer|command|file|table|spreadsheet|import|return)\b",
    r"do(?:es)? (?:undo|undoing|accepting|declining|completing|recording|redacting|withdrawing|reopening|closing|checking|extending|granting|revoking|exporting|a note|a reminder|an undo|an update|a digest)\b",
    r"do i (?:type|press|click|write|put|use|say|enter)\b",
    r"what (?:are|is) (?:you|recbot|this|it|this bot|the bot) (?:for|used for|good for|meant for|there for)\b",
    r"what(?: is| has)? (?:new|changed|different) (?:in|with|about) (?:recbot|the bot|this bot|this app|this tool|the tool|you)\b",
    r"oes modd\b",
    r"sut (?:alla i|ydw i|mae|gallaf)\b.*\b(?:gwneud hyn|defnyddio|cofnodi|newid|ychwanegu)\b",
    r".*\bhelp\b.*\b(?:gymraeg|cymraeg)\b",
    r"(?:where|how) (?:can|do|would|could|might|should) (?:i|we) (?:find|get|see|read) (?:the |some |any |more )?(?:instructions?|guidance|help|manual|guide|documentation)\b",
)
_GREETING = (
    r"^(?:/recs )?(?:(?:so|and|ok|hi|hey|hello|please|pls|sorry|quick q|quick question|one question|silly question|stupid question"
    r"|hypothetically|in theory|in principle|just wondering|just checking)[ ,:]+)*"
)
_BEGINS = re.compile(rf"{_GREETING}(?:{'|'.join(_BEGINNINGS)})")
_ENDS = re.compile(
    r"(?:^\w+ how\?*$|\bhow does (?:it|this|that) work\??$|^note how\b|\bwhat is this(?: thing)?\??$)"
)
# "How do we stand" asks about the register.
_HOW_IT_STANDS = re.compile(
    r"how (?:do|does|can|would) (?:we|i|you)\b.*\b(?:compare|stand|look(?! at| up| back| into)|do on|doing|measure up)\b"
)
# "What does 25 mean for us" and "explain 16" ask for a recommendation, and not about recbot.
_IS_ABOUT_WHAT_IS_NAMED = re.compile(
    r"difference between|\bmean\b|\bexplain (?!how)|^(?:a |some |any )?(?:training|guidance|tips|tutorial) "
)
_ASKS_WHAT_A_WORD_MEANS = re.compile(
    r"^what do(?:es)? .*\bmean\b|^what is meant by\b|\bto mean\b|\bmeaning of\b|\bdefinition of\b|^define\b"
)
_WHAT_WOULD_BE = re.compile(r"what (?:would|will) happen\b")
_ASKS_FOR_ADVICE = re.compile(
    r"\bconsequences\b|\brepercussions\b|\bpenalt(?:y|ies)\b|\bsanctions?\b|would you|should (?:i|we) (?:put|accept|do|answer|say)"
)

# The first that matches says which verb's help is wanted.
_TOPICS: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(
            r"\b(?:complete|completion|done|finished) (?:\w+ )?needs? \w*\b|\bneed \w+ to (?:mark|complete|finish)\b"
        ),
        "complete",
    ),
    (
        re.compile(
            r"\blog(?:ging)?[ -]?(?:in|on|out)\b|\bsign (?:in|on)\b|\bpassword\b|\b(?:need|require|have|get|set up) (?:an? |any |my own |our own |a separate |another )*(?:account|username|user name|user id|licen[cs]e|app|subscription)\b"
        ),
        "",
    ),
    (re.compile(r"^i am (?:\w+ ){0,3}(?:stuck|muddled|lost|confused)\b"), ""),
    (re.compile(r"\bcan (?:i|we|you|one|somebody|someone) record for\b"), "grant"),
    (
        re.compile(
            r"\b(?:set|sign|get|add) [a-z]+ (?:up|set up|added|on)\b.*\b(?:records?|contact|access|for|to)\b"
        ),
        "grant",
    ),
    (re.compile(_SETS_UP), "grant"),
    (
        re.compile(
            r"^(?:a |the )?list of\b|\bwhere (?:do|should|would) (?:i|we) (?:even )?(?:begin|start)\b"
        ),
        "",
    ),
    (re.compile(r"\b(?:swap|replace|change) (?:the |a |our |my )?contacts?\b"), "grant"),
    (
        re.compile(
            r"\b(?:things|stuff|everything|what) (?:that )?(?:i|we|you|one|people) (?:can|could|may)\b"
        ),
        "",
    ),
    (re.compile(r"\bdefine partly\b"), "partly"),
    (re.compile(r"\b(?:get|gets|be|is|are|being|still|got) (?:\w+ )?(?:chased|reminded|nagged)\b"), "remind"),
    (
        re.compile(
            r"^(?!.*\d).*\b(?:capable of being (?:removed|changed|undone|deleted|corrected)|be (?:removed|deleted|changed|corrected|taken back|withdrawn|undone|edited|reversed))\b"
        ),
        "undo",
    ),
    (
        re.compile(
            r"^(?!.*\d).*\b(?:by mistake|by accident|in error|undone|pressed the wrong|wrong (?:button|one|body|number))\b"
        ),
        "undo",
    ),
    (re.compile(r"\b(?:clos(?:e|ing)|closure of) (?:a|an|the|one|any)? ?rec\w*"), "close"),
    (re.compile(r"^who (?:can|may|is|gets|has)\b.*\b(?:record|update|enter|add|log)\w*"), "grant"),
    (re.compile(r"\bonly part\b|\bpart of a rec\w*|\bpart of (?:it|one)\b|\bin part\b"), "partly"),
    (
        re.compile(
            r"\breport\b.*\b(?:put|enter|add|record|log|load)\b|\b(?:put|enter|add|record|log) (?:a|an|the|another|a new) (?:new )?report\b"
        ),
        "add",
    ),
    (re.compile(r"\b(?:crib|cheat) ?sheet\b"), ""),
    (re.compile(r"\bmake a mistake|made a mistake|get it wrong|got it wrong|by accident\b"), "undo"),
    (
        re.compile(
            r"^(?:remind|show|tell|teach) (?:me|us) how (?:to|i|we) (?:add|attach|put|give|upload)\b.*\b(?:link|evidence|document|file|proof)\b"
        ),
        "update",
    ),
    (re.compile(r"\bimport\b"), "import"),
    (
        re.compile(
            r"\b(?:correct|fix|mend|put right) (?:a |the )?(?:typo|misprint|mistake in)\b|\bcorrect (?:a|the) (?:wording|date|deadline|text)\b"
        ),
        "correct",
    ),
    (re.compile(r"\bwhat do(?:es)? clos(?:e|ing)\b"), "close"),
    (re.compile(r"\bturn (?:this|it|you|recbot) off\b"), ""),
    (
        re.compile(
            r"\b(?:stop|turn off|switch off|snooze|mute|pause)\b.*\b(?:remind\w*|messag\w*|notif\w*|nagging|pinging)"
        ),
        "remind",
    ),
    (re.compile(r"\bwhere (?:do|should|can|would) \w+ (?:start|begin)\b"), ""),
    (
        re.compile(
            r"\b(?:import|upload (?!evidence)|load)\b.*\b(?:spreadsheets?|returns?|workbooks?|files?|tables?|lists?)\b"
            r"|\b(?:spreadsheets?|returns|workbooks?|excel|csv|tables?|lists?)\b.*\b(?:import|upload|load|get (?:them|it|this|these|those) in|bring|paste)\b"
        ),
        "import",
    ),
    (
        re.compile(
            r"\b(?:two|both|several|more than one|another|someone else|somebody else|a second|my deputy|colleagues?)\b.*\b(?:record|update|report)\w*\b"
        ),
        "grant",
    ),
    (re.compile(r"\b(?:attach|upload)\b"), "update"),
    (
        re.compile(r"\b(?:take|remove|revoke|end|stop|withdraw|cancel)\b.*\b(?:access|rights|contact)\b"),
        "revoke",
    ),
    (re.compile(r"\b(?:change|edit|correct|fix) (?:my|our) (?:answer|entry|update|response|mind)"), ""),
    (
        re.compile(
            r"\bearlier (?:date|day|time)\b|\bin the past\b|\bback in time\b|\bon an? (?:earlier|past|previous)\b"
        ),
        "status",
    ),
    (
        re.compile(r"\b(?:can not|not able to|unable to|do not|will not|refuse to) (?:accept|agree)"),
        "decline",
    ),
    (re.compile(r"\b(?:change|move|alter|push|extend)\b.*\b(?:deadlines?|dates?)\b"), "extend"),
    (
        re.compile(
            r"\baccess\b|\badd (?:a |an |another )?(?:contact|person|people|colleague|user|deputy|someone|somebody)"
        ),
        "grant",
    ),
    (
        re.compile(
            r"\bwho (?:sees|can see|will see|reads|can read)\b|\bprivate\b|\bconfidential\b|\bpublic\b"
        ),
        "note",
    ),
)
_TOPIC_OF_MEANING: tuple[tuple[M, str], ...] = (
    (M.UNDO, "undo"),
    (M.EXTENSION, "extend"),
    (M.EXTEND, "extend"),
    (M.WITHDRAW, "withdraw"),
    (M.REOPEN, "reopen"),
    (M.GRANT, "grant"),
    (M.REVOKE, "revoke"),
    (M.SEARCH, "search"),
    (M.DIGEST, "digest"),
    (M.REMIND, "remind"),
    (M.OVERDUE, "overdue"),
    (M.DUE, "deadlines"),
    (M.WAITING, "waiting"),
    (M.MAP, "map"),
    (M.FILE, "export"),
    (M.XLSX, "export"),
    (M.DOCX, "export"),
    (M.HISTORY, "history"),
    (M.REDACT, "redact"),
    (M.CONTACT, "contacts"),
    (M.PARTLY, "partly"),
    (M.DECLINE, "decline"),
    (M.ACCEPT, "accept"),
    (M.BLOCKED, "blocked"),
    (M.COMPLETE, "complete"),
    (M.NOT_STARTED, "not started"),
    (M.STARTED, "started"),
    (M.NOTE, "note"),
    (M.ADD, "add"),
    (M.CHECKED, "check"),
    (M.CHECK, "check"),
    (M.STATUS, "progress"),
    (M.FORM, "update"),
    (M.RECORDED, "update"),
    (M.EVIDENCE, "update"),
    (M.QUOTABLE, "note"),
)


_OF_REMINDERS = re.compile(
    r"\b(?:someone|somebody|anyone|colleague|deputy)\b.*\b(?:reminders?|messages|chasers?)\b|\breminders?\b.*\b(?:someone|somebody|colleague|deputy)\b"
)


# "Undo: how long have I got", "blocked - what do I put after it"
_ABOUT_A_VERB = re.compile(
    rf"(?:{_VERBS}) ?[:,;–—-]+ ?(?:so |and )?(?:what (?:do|should) {_I} (?:put|type|write|say)"
    rf"|what (?:goes|comes) (?:after|next|in)|how (?:long|do|does)|what happens|can {_I}|do {_I}"
    r"|(?:does|must|should|will|would|can) (?:it|that|this|one|there|anyone|anybody|they) (?:be|need|have|take|want|require|count|go|tell|say|show|cost|undo|notify))\b"
)


def help_wanted(sentence: Sentence) -> Understanding | None:
    text = sentence.spelt_out
    if _OF_REMINDERS.search(text) and isinstance(being_away(sentence), Offered):
        # "I'm off till 14 April, can someone else get my reminders" asks for nothing but that.
        return None
    if isinstance(taking_back(sentence), Offered):
        return None
    if _ABOUT_A_VERB.match(sentence.lower):
        return Answerable(f"help {_topic(sentence)}".strip())
    if not (_BEGINS.match(text) or _ENDS.search(text) or _begins_in_a_later_clause(sentence)):
        return None
    if _WHAT_WOULD_BE.match(text) and (sentence.named_refs or sentence.names):
        # "What happens if Kent misses 15" nobody knows.
        return NotAnswered(WhyNot.NOT_KNOWN, nearest(sentence))
    if _IS_ABOUT_WHAT_IS_NAMED.search(text) and (sentence.refs or sentence.names):
        return None
    if _ASKS_FOR_ADVICE.search(text):
        return NotAnswered(WhyNot.NOT_KNOWN, nearest(sentence))
    if _HOW_IT_STANDS.match(text):
        return None
    if _ASKS_WHAT_A_WORD_MEANS.search(text) and not _topic(sentence):
        return NotAnswered(WhyNot.NOT_KNOWN)
    return Answerable(f"help {_topic(sentence)}".strip())


_INTRODUCES_ONESELF = re.compile(
    r"^(?:hi|hello|hey|sorry)?\W*(?:(?:i am|i'm|im|we are|we're) (?:new|lost|confused)(?: (?:here|to this|to all this|in post|to the team))?|(?:new|first day|first week) here"
    r"|(?:i |i have |i've |we |we have |we've )?(?:just|recently|newly) (?:joined|started here|started in post|moved here|arrived|taken over)(?: here)?) ?[,.;:!–—-]+ (?=\S)",
    re.IGNORECASE,
)


def after_an_introduction(text: str) -> str:
    """Return what somebody asks who says first that they are new; empty where nobody says so."""
    match = _INTRODUCES_ONESELF.match(text.replace("’", "'"))
    return text[match.end() :] if match else ""


def _begins_in_a_later_clause(sentence: Sentence) -> bool:
    """Whether a clause asks about recbot after others that name nothing: "I have returns, how do I get them in"."""
    for place, piece in enumerate(sentence.pieces):
        if piece.kind is PieceKind.NAME and _HOW_ONE_DOES_IT.search(sentence.spelt_out):
            continue
        if piece.ref or piece.kind is PieceKind.NAME:
            return False
        if piece.kind is not PieceKind.MARK:
            continue
        if piece.key == ":" and sentence.with_pieces(sentence.pieces[:place]).has(
            *STAGES, *ANSWERS, M.EXTEND
        ):
            # What follows is the text of a recording: "complete by 15 March: training".
            return False
        after = sentence.with_pieces(sentence.pieces[place + 1 :]).spelt_out
        if _BEGINS.match(after) or _HOW_ONE_DOES_IT.match(after):
            return True
    return False


# After a name too: "somebody's leaving Surrey, how do I swap the contact"
_HOW_ONE_DOES_IT = re.compile(
    r"how (?:do|can|would|should) (?:i|we) (?:swap|change|replace|add|remove|set up|record|enter|type|undo|correct|take|give|move|grant|revoke|tell you|tell recbot)\b(?!.*\d)"
)


def _topic(sentence: Sentence) -> str:
    """Return the verb whose help is wanted; empty for the general help."""
    for pattern, topic in _TOPICS:
        if pattern.search(sentence.spelt_out):
            return topic
    if (listed := topic_of(sentence.spelt_out)) is not None:
        return listed
    return next((topic for meaning, topic in _TOPIC_OF_MEANING if sentence.has(meaning)), "")
