// Nouns, names and adjectives by meaning, common words first: the reader's world of the acceptability sentences.
import { noun } from "./english.ts";

const list = (text: string) => text.trim().split(/\s+/);
const nouns = (text: string) => list(text).map(noun);

/** Countable nouns by what one can do with them. */
export const things = {
  text: nouns(
    `letter book report novel poem article message newspaper diary contract essay magazine recipe note postcard
    manual leaflet invoice petition manuscript chapter brochure prescription questionnaire telegram pamphlet textbook`,
  ),
  food: nouns(
    `cake apple sandwich pie egg biscuit potato/potatoes orange pear pancake peach tomato/tomatoes sausage carrot
    omelette pizza muffin onion plum cherry waffle lemon mushroom melon croissant tart turnip cucumber pumpkin dumpling apricot`,
  ),
  breakable: nouns(`vase window bottle plate cup mirror lamp bowl jug teapot glass saucer mug ornament lantern dish jar
    figurine chandelier windscreen pitcher`),
  vehicle: nouns(
    `car bike truck boat bus van tractor tram ferry motorbike canoe scooter carriage taxi sledge wagon yacht
    raft caravan lorry tandem`,
  ),
  clothing: nouns(
    `coat hat shirt scarf/scarves jacket glove boot sock dress skirt jumper cap belt uniform shoe waistcoat
    cardigan apron sandal slipper mitten cloak raincoat blouse tunic`,
  ),
  building: nouns(`house school church museum library hotel bridge castle barn tower shop bakery theatre temple factory
    cottage palace restaurant prison lighthouse mill chapel cabin warehouse monastery pavilion observatory`),
  furniture: nouns(
    `table chair desk shelf/shelves bed cupboard sofa drawer wardrobe stool bench cabinet dresser bookcase
    armchair cradle sideboard footstool`,
  ),
  tool: nouns(`key box bag basket rope ladder hammer camera radio clock watch suitcase umbrella ticket coin candle ring
    knife spoon brush torch wallet purse parcel barrel bucket pillow blanket carpet curtain flag trumpet guitar violin drum
    flute kettle broom shovel compass telescope microscope padlock necklace bracelet typewriter wheelbarrow thermometer`),
  art: nouns(
    `painting song picture photograph film statue drawing portrait play symphony sculpture opera sketch documentary
    mural ballad cartoon`,
  ),
  abstract: nouns(
    `idea plan problem story question rule answer mistake decision secret rumour promise theory method proposal
    joke excuse argument lie suggestion prediction remark`,
  ),
  plant: nouns(`tree flower rose bush hedge tulip oak vine orchid daisy cactus/cacti sunflower willow fern lily`),
};
export type ThingClass = keyof typeof things;

export const animals = nouns(
  `dog cat horse cow goat pig rabbit fox bear lion monkey elephant squirrel tiger hedgehog badger
  parrot penguin otter seal pigeon owl eagle crow swan duck goose/geese hen donkey camel puppy kitten lamb tortoise lizard
  frog wolf/wolves mouse/mice beaver falcon raven rooster stallion ferret walrus`,
);

export const people = nouns(
  `student teacher doctor nurse lawyer farmer driver singer baker child/children painter guest pilot
  sailor gardener tourist clerk judge soldier neighbour writer dancer artist friend poet journalist politician scientist
  visitor engineer butcher carpenter librarian cousin tailor barber dentist surgeon patient customer stranger colleague
  manager secretary mayor minister detective officer guard thief/thieves burglar witness hunter miner shepherd cook chef
  cyclist runner swimmer climber goalkeeper referee coach player drummer pianist composer conductor reporter editor
  publisher translator professor pupil tutor scholar astronomer biologist historian explorer traveller pilgrim beggar
  merchant banker cashier accountant architect builder electrician mechanic plumber caretaker tenant lodger juggler acrobat
  magician clown director photographer sculptor weaver blacksmith locksmith beekeeper lifeguard firefighter therapist
  philosopher linguist novelist critic diplomat ambassador senator governor spy captain sergeant recruit volunteer
  apprentice orphan toddler teenager pensioner violinist chemist potter usher courier geologist skater violist`,
);

export const women = nouns(
  `woman/women girl mother sister aunt queen daughter grandmother princess niece widow bride waitress
  actress duchess nun landlady stepmother schoolgirl countess granddaughter ballerina empress saleswoman/saleswomen
  policewoman/policewomen goddaughter heiress`,
);

export const men = nouns(
  `man/men boy father brother uncle king son grandfather prince nephew widower groom waiter monk duke
  landlord butler stepfather schoolboy grandson bachelor emperor salesman/salesmen policeman/policemen godson postman/postmen
  milkman/milkmen`,
);

export const relatives = {
  f: nouns("sister mother aunt daughter niece grandmother"),
  m: nouns("brother father uncle son nephew grandfather"),
};

export const names = {
  f: list(
    `Clara Mary Anna Emma Alice Sophie Julia Laura Susan Helen Nora Ruth Lucy Grace Martha Rose Eva Irene Olivia Ellen
    Hannah Diana Sylvia Monica Teresa Amelia Bridget Carmen Edith Flora Greta Ingrid Joan Kate Lydia Mabel Nina Paula Rita
    Stella Ursula Vera Wanda Yvonne Agnes Beatrice Cecilia Dorothy Esther Frida`,
  ),
  m: list(
    `Tom John Paul Peter Daniel Oscar David Simon Henry Martin Felix George Victor Arthur Hugo James Leo Max Robert Walter
    Adam Ben Carl Edgar Frank Gordon Harold Ivan Jack Kevin Louis Marcus Nigel Oliver Patrick Ralph Samuel Theo Ulrich Vincent
    William Albert Bruno Cyril Dennis Eric Gilbert Howard Julian Ludwig`,
  ),
};

export const mass = {
  liquid: list("water milk tea coffee wine juice oil soup honey paint lemonade cider broth vinegar syrup"),
  grain: list("sand sugar rice salt flour gravel pepper soil straw cement coal snow hay sawdust barley"),
  other: list(
    `advice information luggage furniture homework money evidence bread butter cheese music traffic luck patience
    equipment jewellery rubbish smoke dust mud courage progress research pollution laundry crockery`,
  ),
};

/** Adjectives that may stand before any noun of the class. */
export const adjectives = {
  person: list(
    `old young tired clever nervous friendly tall famous rich poor lazy brave angry polite shy honest proud kind quiet
    busy cheerful curious generous grumpy gentle hungry jealous lonely patient rude strict stubborn talented wealthy wise
    careless modest elegant loyal anxious ambitious arrogant sleepy cautious charming clumsy courageous eccentric energetic
    experienced forgetful humble impatient innocent skilful sensible thoughtful timid witty suspicious reckless diligent`,
  ),
  animal: list(
    "old young small big hungry lazy friendly clever tame wild frightened playful fierce timid greedy sleepy gentle noisy shaggy",
  ),
  thing: list(
    `old new big small red cheap expensive blue strange beautiful green dirty ugly huge tiny lovely black white yellow
    precious unusual dusty antique grey plain colourful fragile rare shabby enormous brown elegant valuable striped clumsy
    purple curious ancient ordinary peculiar magnificent battered`,
  ),
  text: list(
    `long short boring interesting strange funny old new famous secret sad brilliant dull clever confusing mysterious
    important amusing tedious lengthy elegant scandalous`,
  ),
  food: list("fresh delicious small large ripe cold hot sweet tasty stale enormous juicy tiny burnt rotten salty"),
  abstract: list(
    `good clever strange terrible silly simple brilliant foolish new bad interesting wild sensible ridiculous famous
    dangerous harmless complicated surprising peculiar`,
  ),
};

/** Said of a person or an animal after "is". */
export const moods = list(
  `tired happy nervous angry hungry ready late sad sick proud busy calm bored excited lonely afraid worried
  asleep thirsty furious cheerful confused jealous grateful surprised upset relieved ashamed restless homesick`,
);

/** Said of a thing after "is". */
export const states = list(
  `new old expensive dirty beautiful cheap ugly heavy broken strange clean dusty famous useless wet empty
  fragile valuable ready safe rusty precious dangerous unusual damp priceless shabby worthless`,
);

/** Adjectives with -er and with "more", said of people and of things. */
export const gradable = {
  person: {
    short: list("old young tall rich kind clever quiet brave strong fast slow polite calm tough gentle shy proud wise"),
    long: list(
      `careful famous generous nervous ambitious honest patient curious popular cheerful intelligent talented arrogant modest
      confident helpful`,
    ),
  },
  thing: {
    short: list("old big small cheap strange new clean heavy ugly dirty light dark long short soft nice"),
    long: list(
      "expensive beautiful interesting dangerous comfortable popular valuable useful fragile elegant colourful practical modern unusual",
    ),
  },
};
