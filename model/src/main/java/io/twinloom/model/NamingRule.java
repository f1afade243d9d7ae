package io.twinloom.model;

import io.twinloom.json.Sha256;
import io.twinloom.model.Names.Thing;
import java.nio.ByteBuffer;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What one cloud allows as the name of one kind of thing, and how a name is made to fit. Where a
 * thing has several names on its cloud, the narrowest rule holds.
 */
final class NamingRule {

  private static final int HASH_LENGTH = 6;

  /** Crockford's base 32, without i, l, o and u: no hash spells a forbidden word. */
  private static final String HASH_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

  private static final Pattern ACCENTS = Pattern.compile("\\p{M}+");
  private static final Pattern HYPHENS = Pattern.compile("-{2,}");
  private static final Pattern START_MARKS = Pattern.compile("^[^a-zA-Z0-9]+");
  private static final Pattern END_HYPHENS = Pattern.compile("-+$");

  private static final String NOTHING = "(?!)";
  private static final String LOWER = "a-z0-9";
  private static final String ANY = "a-zA-Z0-9_-";
  private static final String DOTTED = "a-zA-Z0-9._-";

  /**
   * Function names have 64 characters at most.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html">CreateFunction</a>
   */
  private static final NamingRule LAMBDA = new NamingRule(ANY, 64, ANY, ANY, NOTHING);

  /**
   * Table names have 3 to 255 characters, a dot among them.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html">
   *     Naming rules</a>
   */
  private static final NamingRule DYNAMODB = new NamingRule(DOTTED, 255, ANY, ANY, NOTHING);

  /**
   * 3 to 63 of a-z 0-9 - (a dot is allowed, but breaks TLS), none of the reserved prefixes and
   * suffixes.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html">General
   *     purpose bucket naming rules</a>
   */
  private static final NamingRule S3 =
      new NamingRule(
          LOWER + "-",
          63,
          LOWER,
          LOWER,
          "^xn--|^sthree-|^amzn-s3-demo-|-s3alias$|--ol-s3$|--x-s3$|--table-s3$");

  /**
   * Workspace ids have 1 to 128 characters and end in a letter or digit.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/iot-twinmaker/latest/apireference/API_CreateWorkspace.html">
   *     CreateWorkspace</a>
   */
  private static final NamingRule TWINMAKER =
      new NamingRule(ANY, 128, "a-zA-Z0-9_", "a-zA-Z0-9", NOTHING);

  /**
   * Things have 1 to 128 characters; a colon is allowed, but not in the name of a policy.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/iot/latest/apireference/API_CreateThing.html">CreateThing</a>
   */
  private static final NamingRule IOT_THING = new NamingRule(ANY, 128, ANY, ANY, NOTHING);

  /**
   * Entities and component types have at least two characters, of which the last is a letter or
   * digit; a type's id may have 256, an entity's 128.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/iot-twinmaker/latest/apireference/API_CreateEntity.html">
   *     CreateEntity</a>
   */
  private static final NamingRule TWINMAKER_ENTITY =
      new NamingRule("a-zA-Z0-9._:-", 128, "a-zA-Z0-9", "a-zA-Z0-9", "^.$");

  /**
   * Components' and properties' names have no dot.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/iot-twinmaker/latest/apireference/API_CreateEntity.html">
   *     CreateEntity</a>
   */
  private static final NamingRule TWINMAKER_COMPONENT = new NamingRule(ANY, 128, ANY, ANY, NOTHING);

  /** Words that no Azure resource with a public endpoint may have in its name, or start with. */
  private static final String AZURE_RESERVED = "microsoft|windows|^login";

  /**
   * A function app has 2 to 60 characters, a function in it starts with a letter; both are compared
   * without case, and certain words are reserved.
   *
   * @see <a
   *     href="https://learn.microsoft.com/en-us/azure/azure-resource-manager/management/resource-name-rules">
   *     Naming rules and restrictions for Azure resources</a> (Microsoft.Web, sites)
   * @see <a
   *     href="https://learn.microsoft.com/en-us/azure/azure-resource-manager/troubleshooting/error-reserved-resource-name">
   *     Reserved resource names</a>
   */
  private static final NamingRule FUNCTION_APP =
      new NamingRule(LOWER + "-", 60, "a-z", LOWER, AZURE_RESERVED);

  /**
   * A Cosmos DB container's id has up to 255 characters without slashes, {@code #} and {@code ?}.
   *
   * @see <a href="https://learn.microsoft.com/en-us/rest/api/cosmos-db/create-a-collection">Create
   *     a collection</a>
   */
  private static final NamingRule COSMOS = new NamingRule(DOTTED, 255, ANY, ANY, NOTHING);

  /**
   * Blob containers have 3 to 63 of a-z 0-9 -, never two hyphens together.
   *
   * @see <a
   *     href="https://learn.microsoft.com/en-us/rest/api/storageservices/naming-and-referencing-containers--blobs--and-metadata">
   *     Container names</a>
   */
  private static final NamingRule BLOB_CONTAINER =
      new NamingRule(LOWER + "-", 63, LOWER, LOWER, "--");

  /**
   * Digital Twins instances have 3 to 63 characters and a public endpoint.
   *
   * @see <a
   *     href="https://learn.microsoft.com/en-us/azure/azure-resource-manager/management/resource-name-rules">
   *     Naming rules and restrictions for Azure resources</a> (Microsoft.DigitalTwins)
   */
  private static final NamingRule DIGITAL_TWINS =
      new NamingRule(LOWER + "-", 63, LOWER, LOWER, AZURE_RESERVED);

  /**
   * Device ids have up to 128 characters, some marks among them.
   *
   * @see <a
   *     href="https://learn.microsoft.com/en-us/azure/iot-hub/iot-hub-devguide-identity-registry">
   *     Identity registry</a>
   */
  private static final NamingRule IOT_HUB_DEVICE = new NamingRule(DOTTED, 128, ANY, ANY, NOTHING);

  /**
   * A digital twin's id has up to 128 characters, capitals and small letters apart.
   *
   * @see <a href="https://learn.microsoft.com/en-us/azure/digital-twins/reference-service-limits">
   *     Azure Digital Twins service limits</a>
   */
  private static final NamingRule DIGITAL_TWIN = new NamingRule(DOTTED, 128, ANY, ANY, NOTHING);

  /**
   * Function ids have 4 to 63 of a-z 0-9 -, the first a letter.
   *
   * @see <a
   *     href="https://cloud.google.com/functions/docs/reference/rest/v2/projects.locations.functions/create">
   *     projects.locations.functions.create</a>
   */
  private static final NamingRule GOOGLE_FUNCTION =
      new NamingRule(LOWER + "-", 63, "a-z", LOWER, NOTHING);

  /**
   * Collection ids have up to 1,500 bytes without slashes, and are not of the form {@code __.*__}.
   *
   * @see <a href="https://firebase.google.com/docs/firestore/quotas">Firestore: usage and
   *     limits</a>
   */
  private static final NamingRule FIRESTORE = new NamingRule(DOTTED, 1500, ANY, ANY, "^__.*__$");

  /**
   * 3 to 63 of a-z 0-9 - _ without the word google, its close misspellings, and the prefix goog.
   *
   * @see <a href="https://cloud.google.com/storage/docs/buckets#naming">Bucket names</a>
   */
  private static final NamingRule GCS =
      new NamingRule(LOWER + "_-", 63, LOWER, LOWER, "g[o0][o0]g[l1]e|^goog");

  /**
   * Topics and subscriptions have 3 to 255 characters, the first a letter, and do not begin with
   * goog.
   *
   * @see <a href="https://cloud.google.com/pubsub/docs/pubsub-basics#resource_names">Guidelines to
   *     name a topic, subscription, schema, or snapshot</a>
   */
  private static final NamingRule PUBSUB = new NamingRule(DOTTED, 255, "a-zA-Z", ANY, "^goog");

  private final Pattern legal;
  private final Pattern forbidden;
  private final Pattern start;
  private final Pattern foreign;
  private final boolean lowerCase;
  private final int max;

  /**
   * @param alphabet the characters allowed, as the inside of a regular expression's class
   * @param max the greatest length; the least is never met by a name that is made from another
   * @param first the characters allowed at the start
   * @param last the characters allowed at the end
   * @param forbidden what may not occur in any case, as a regular expression
   */
  private NamingRule(String alphabet, int max, String first, String last, String forbidden) {
    this.legal = Pattern.compile("(?=[" + first + "])[" + alphabet + "]*(?<=[" + last + "])");
    this.forbidden = Pattern.compile(forbidden, Pattern.CASE_INSENSITIVE);
    this.start = Pattern.compile("[" + first + "]");
    this.foreign = Pattern.compile("[^" + alphabet + "]+");
    this.lowerCase = !alphabet.contains("A-Z");
    this.max = max;
  }

  static NamingRule of(Provider cloud, Thing thing) {
    return switch (cloud) {
      case AWS ->
          switch (thing) {
            case FUNCTION -> LAMBDA;
            case HOT_TABLE -> DYNAMODB;
            case BUCKET -> S3;
            case TWIN_GRAPH -> TWINMAKER;
            case DEVICE -> IOT_THING;
            case TWIN_ENTITY -> TWINMAKER_ENTITY;
            case TWIN_COMPONENT -> TWINMAKER_COMPONENT;
          };
      case AZURE ->
          switch (thing) {
            case FUNCTION -> FUNCTION_APP;
            case HOT_TABLE -> COSMOS;
            case BUCKET -> BLOB_CONTAINER;
            case TWIN_GRAPH -> DIGITAL_TWINS;
            case DEVICE -> IOT_HUB_DEVICE;
            case TWIN_ENTITY, TWIN_COMPONENT -> DIGITAL_TWIN;
          };
      case GOOGLE ->
          switch (thing) {
            case FUNCTION -> GOOGLE_FUNCTION;
            case HOT_TABLE, TWIN_GRAPH, TWIN_ENTITY, TWIN_COMPONENT -> FIRESTORE;
            case BUCKET -> GCS;
            case DEVICE -> PUBSUB;
          };
    };
  }

  boolean allows(String name) {
    return name.length() <= max && legal.matcher(name).matches() && !forbidden.matcher(name).find();
  }

  String apply(String name) {
    return allows(name) ? name : clean(name) + "-" + hash(name);
  }

  private String clean(String name) {
    String cleaned =
        ACCENTS.matcher(Normalizer.normalize(name, Normalizer.Form.NFKD)).replaceAll("");
    if (lowerCase) {
      cleaned = cleaned.toLowerCase(Locale.ROOT);
    }
    cleaned = foreign.matcher(cleaned).replaceAll("-");
    // Taking one word out can join the halves of another.
    for (String before = ""; !before.equals(cleaned); ) {
      before = cleaned;
      cleaned = HYPHENS.matcher(forbidden.matcher(cleaned).replaceAll("-")).replaceAll("-");
      cleaned = START_MARKS.matcher(cleaned).replaceAll("");
    }
    if (!start.matcher(cleaned).lookingAt()) {
      cleaned = "t" + cleaned;
    }
    int room = max - HASH_LENGTH - 1;
    String cut = cleaned.substring(0, Math.min(room, cleaned.length()));
    return END_HYPHENS.matcher(cut).replaceAll("");
  }

  private static String hash(String name) {
    int bits = ByteBuffer.wrap(Sha256.of(name)).getInt();
    StringBuilder hash = new StringBuilder();
    for (int i = 0; i < HASH_LENGTH; i++) {
      hash.append(HASH_ALPHABET.charAt(bits >>> (5 * i) & 31));
    }
    return hash.toString();
  }
}
