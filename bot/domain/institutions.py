"""Words that tell institutions, offices, tasks, places and days from a person's name.

All in small letters and without a possessive."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


AREAS = _words("""
    avon bedfordshire cambridgeshire cheshire cleveland cornwall cumbria derbyshire dorset durham dyfed
    essex gloucestershire gwent hampshire hertfordshire humberside kent lancashire leicestershire
    lincolnshire london manchester mercia merseyside midlands norfolk northamptonshire northumbria
    nottinghamshire powys somerset staffordshire suffolk surrey sussex warwickshire wiltshire yorkshire
""")

# A body's own area may stand beside these in an address (opcc.kent@).
MAILBOXES = _words("""
    accounts admin ask awards casework comments commissioner commissioning comms communications complaints
    consultation consultations contact contactus correspondence csp data dataprotection dpo engagement
    enquiries enquiry events feedback finance foi freedom general governance grants hello help hq hr inbox
    info information liaison mail mailbox media mopac office opcc opccoffice opfcc panel partnerships pcc
    pccenquiries pccoffice pcp performance pfcc policy press private procurement protection public
    publicaffairs referrals reviews safeguarding scrutiny secretariat services stalking support team unit
    vawg victim victims victimservices volunteering webmaster
""")

# One of these anywhere in a run of capitalised words, and the run names an institution, a paper or a tool.
INSTITUTIONS = _words("""
    academy act action advice adviser advisers advisor advisory advocacy advocate advocates agency aid
    alliance amazon annex apcc appendix apple approach assembly assessment assistant association athena
    audit authority avenue awareness behaviour board borough boroughs branch british budget building
    bulletin bureau cabinet campaign capacity care caseworker caseworkers catch centre champion chapter
    charity charter children city civil clinic code college combined commission commissioner commissioners
    commissioning committee community compass conference consortium constable constabulary contact control
    coordinator corporate council councils county court courts covid crescent crime criminal crisis crown
    custody cyber dash data delivery department deputy desk detective diocese director directorate
    district division domestic duty education england english equality estate evaluation event evidence
    excel exploitation facebook family federation female festival fire force forces forensic forum
    foundation framework friends fund funding gardens gateway general google governance government grants
    group guidance guide harassment hate health helpline historic hmicfrs homes hospital housing hub icb
    idva impact improvement incident independent individuals infirmary information initiative inquiry
    inspector inspectorate instagram institute integrated international investigation investigations iopc
    isac islamic isva jewish joint justice kingdom leadership learning legal level liaison local
    magistrates majesty male management manager mankind mappa mapping marac masip mayor mayoral meeting
    member members mens mental messenger metropolitan microsoft minister ministry model month mopac multi
    multiagency muslim nacro national neighbourhood network nhs niche notice npcc offender offenders
    office officer officers offices opcc operation operational operations order orders outlook outreach
    oversight paladin panel paragraph parish parliament part partners partnership partnerships perpetrator
    perpetrators personal phase pilot plan plans platform police policing policy portal practice
    prevention primary priority prison private probation procedure programme project projects prosecution
    prosecutor prosecutors protection protective protocol protocols provider providers public quarter
    quarterly rape recommendation recommendations recovery referral referrals refuge regional register
    remedi report reports rescue research respect response restorative review reviews rights ring risk
    road safe safeguarding safeline safelives safer safety samaritans sanctuary sarc satisfaction scheme
    school screening scrutiny secretary section sector sergeant serious service services sexual sharepoint
    sikh sisters slack snapchat social society solutions special specialist stalkers stalking standard
    standards station steering strategic strategy street suite summit superintendent support survey task
    taskforce team teams terrace tier tiktok tool toolkit training transport trauma trust trustees unit
    united university update vawg victim victims violence vision voice voices volunteer volunteers welfare
    welsh whatsapp witness witnesses women womens workforce working workshop workstream wounded youth
""")

# After "victim" these name a task ("victims' lead", "victim care"), and no person is meant.
TASKS = _words("""
    advocacy board care centred champion code commissioner commissioners commissioning confidence
    engagement focus focused forum fund gateway grant group hub journey law lead led liaison manager needs
    network officer officers panel pathway pathways policy portal portfolio provision right rights
    satisfaction service services strategy support surcharge survey team training unit voice
""")

# Before a person's name these say that she is in office.
OFFICES = _words("""
    adviser advisor advocate analyst author baroness caseworker cc ceo chair chairman chairwoman chief
    cllr colleague commander commissioner constable consultant coordinator councillor dame dc dcc dci
    deputy detective di director dpcc ds dsi dsu editor facilitator head idva inspector isac isva judge
    lead leader manager mayor minister mp officer pc pcc pcso pfcc president prof professor recorder
    representative researcher secretary sergeant sgt sir spoc superintendent supervisor supt trainer
    trustee worker
""")

# After a person's name: what she does in the work on the recommendation.
OCCUPATIONS = OFFICES | _words("""
    acc apcc ccc chairs commissions coordinates cps facilitates heads hmi hmicfrs iopc leads manages mopac
    npcc office opcc opfcc oversees
""")

MONTHS_AND_DAYS = _words("""
    april august christmas december easter february friday january july june march may monday november
    october saturday september sunday thursday tuesday wednesday
""")

# Months that people are named after.
GIVEN_MONTHS = frozenset({"april", "may", "june"})

# A run that begins with one of these is a place or an institution; as the last word they may be a surname.
BEGINNINGS = (
    AREAS
    | (MONTHS_AND_DAYS - GIVEN_MONTHS)
    | _words("""
    african asian bath birmingham black blackpool blue bolton bournemouth bradford brighton bristol bronze
    cambridge canterbury cardiff central chelmsford colchester coventry croydon dartford derby dover
    eastern ely exeter folkestone gateshead gloucester gold great greater green guildford hastings hull
    ipswich isle karma king leeds leicester lewes lighthouse liverpool lower luton maidstone margate
    medway mid middlesbrough milton new newcastle newport north northampton northern norwich nottingham
    old oldham oxford peterborough plymouth poole portsmouth purple queen reading red rochdale royal saint
    salford sheffield silver slough south southampton southend southern st stockport sunderland swansea
    swindon teesside thames thanet torbay tunbridge tyneside upper wakefield wales watford west western
    white wigan wirral wolverhampton worcester wrexham york young
""")
)

# Names of places in two words or more whose first word could be a given name or a surname.
PLACES = frozenset({
    "abbey wood", "ashton under", "barrow in", "bethnal green", "bishop auckland", "bishop's stortford",
    "blaenau gwent", "brecon beacons", "burgess hill", "burnham on", "burton upon", "bury st",
    "canary wharf", "canvey island", "chalk farm", "chester le", "chipping norton", "colwyn bay",
    "ebbw vale", "forest hill", "harold wood", "hay on", "haywards heath", "hemel hempstead", "herne bay",
    "king's lynn", "kings lynn", "kingston upon", "leamington spa", "leighton buzzard", "market drayton",
    "market harborough", "melton mowbray", "merthyr tydfil", "milford haven", "notting hill",
    "port talbot", "rhondda cynon", "saffron walden", "shepherd's bush", "shepton mallet",
    "stoke mandeville", "stoke newington", "sutton coldfield", "tower hamlets", "vale of",
    "waltham cross", "waltham forest", "welwyn garden", "weston super", "ynys môn",
})  # fmt: skip

# Surnames too, so that they make a street only after the number of a house.
STREETS = _words("close court drive green grove hill lane mews park place rise row square view walk way")

# What a sentence or a line begins with when it begins with no name.
ORDINARY = _words("""
    a about accepted action actions additional after aggrieved agreed all also although an and annual
    another any are as ask asked at awaiting because before between both but by call called calls can case
    cases complainant complainants complete concern concerns contact could date despite did do does draft
    due during each early eight every existing external families female few final first five follow
    following for four from funded further given good had half has have having he her here hers his how
    however i if in internal into ip is it its last later lessons like male many meanwhile meet met
    monthly more most my name named nearly new next nine no none not note noted now of on once one only
    other our out outcome over overall own per plan please provider providers quarterly re recent ref
    referred repeat said second seen seven several she should since six so some soon spoke staff still
    subject such support supported survivor survivors ten than thanks that the their them then there these
    they third this those though three through thus to today together told two under until up update
    updated us very victim victims was we weekly were what when where whether which while who whose why
    with within without would yes yesterday you your
""")
