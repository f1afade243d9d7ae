package io.twinloom.functions.tier;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.functions.fake.FakeCloud;
import io.twinloom.functions.http.HostedFunction;
import io.twinloom.functions.port.HotItem;
import io.twinloom.functions.port.HotStore.Put;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.time.Timestamps;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * A hot store is moved while events are published in bursts and delivered again at any age, while
 * it is read, and while the copier is killed and answers are lost; the move may be cancelled, which
 * is a move back. Whatever happens in whatever order: what is read is what was acknowledged, each
 * event once, and in the end one store has each of them once.
 */
class HotStoreMoveProperties {

  private static final String START = "2026-01-01T00:00:00.000000Z";
  private static final List<String> DEVICES = List.of("oven-2", "press-1");

  /** The phases of a move, in their order. */
  private enum Phase {
    SETTLED,
    READ_BOTH,
    WRITE_EITHER,
    FENCED,
    COPIED,
    VERIFIED,
    MOVED
  }

  /** What a move would do wrong that has its phases in another order. */
  private enum Fault {
    NONE,
    /** Writers write the new store before readers read it. */
    READS_LATE,
    /** The old store is copied and compared while it is still written. */
    COPIED_BEFORE_THE_FENCE,
    /** Readers read the new store alone before it has what the old one has. */
    NARROWED_EARLY,
    /** The old store is left without that it was copied. */
    NOT_COPIED
  }

  private Fault fault = Fault.NONE;
  private CopiedClouds clouds = new CopiedClouds();
  private Random random = new Random(0);
  private FakeCloud from = clouds.aws;
  private Phase phase = Phase.SETTLED;
  private int moves;

  /** The acknowledged events of each device, with the times that they came with. */
  private final Map<String, Map<String, Integer>> acknowledged = new TreeMap<>();

  @Property(tries = 15)
  void whateverHappensEachEventIsReadOnce(@ForAll long seed) {
    fault = Fault.NONE;
    move(seed);
  }

  @Example
  void eachWrongOrderIsCaught() {
    for (Fault one : Fault.values()) {
      fault = one;
      assertThat(one == Fault.NONE || isCaught()).as(one.name()).isTrue();
    }
  }

  private boolean isCaught() {
    for (int seed = 0; seed < 100; seed++) {
      try {
        move(seed);
      } catch (AssertionError caught) {
        return true;
      }
    }
    return false;
  }

  private void move(long seed) {
    random = new Random(seed);
    clouds = new CopiedClouds();
    from = clouds.aws;
    phase = Phase.SETTLED;
    acknowledged.clear();
    DEVICES.forEach(device -> acknowledged.put(device, new TreeMap<>()));
    for (int steps = 40; steps > 0; steps--) {
      step();
    }
    while (phase != Phase.MOVED) {
      next();
      read();
    }
    FakeCloud present = clouds.other(from);
    for (String device : DEVICES) {
      assertThat(present.hotStore.all().stream().filter(i -> i.device().equals(device)))
          .extracting(HotItem::eventId)
          .containsExactlyInAnyOrderElementsOf(acknowledged(device).keySet());
    }
  }

  private void step() {
    switch (random.nextInt(10)) {
      case 0, 1, 2 -> burst();
      case 3, 4 -> redeliver();
      case 5, 6 -> next();
      case 7 -> disturbedCopy();
      case 8 -> cancel();
      default -> {}
    }
    read();
  }

  private Map<String, Integer> acknowledged(String device) {
    return acknowledged.getOrDefault(device, Map.of());
  }

  private String anyDevice() {
    return DEVICES.get(random.nextInt(DEVICES.size()));
  }

  private void burst() {
    String device = anyDevice();
    int time = random.nextInt(6);
    for (int i = random.nextInt(3); i >= 0; i--) {
      Map<String, Integer> of = acknowledged(device);
      String event = "e" + of.size();
      write(device, event, time);
      of.put(event, time);
    }
  }

  private void redeliver() {
    String device = anyDevice();
    List<Map.Entry<String, Integer>> all = new ArrayList<>(acknowledged(device).entrySet());
    if (!all.isEmpty()) {
      Map.Entry<String, Integer> event = all.get(random.nextInt(all.size()));
      write(device, event.getKey(), event.getValue());
    }
  }

  /** Writes where the phase lets who writes do so. */
  private void write(String device, String event, int time) {
    FakeCloud writer =
        switch (phase) {
          case SETTLED, READ_BOTH -> from;
          case WRITE_EITHER -> random.nextBoolean() ? from : clouds.other(from);
          case FENCED ->
              fault == Fault.COPIED_BEFORE_THE_FENCE && random.nextBoolean()
                  ? from
                  : clouds.other(from);
          case COPIED, VERIFIED, MOVED -> clouds.other(from);
        };
    for (int at = time; writer.hotStore.put(item(device, event, at)) == Put.OCCUPIED; at++) {
      // the next microsecond
    }
  }

  private static HotItem item(String device, String event, int micros) {
    String time = Optional.ofNullable(Timestamps.plusMicros(START, micros)).orElseThrow();
    JsonObject body =
        JsonObject.builder()
            .put("id", device + "_" + time)
            .put("device_id", device)
            .put("timestamp", time)
            .put("event_id", event)
            .build();
    return new HotItem(device, time, event, body);
  }

  /** Goes on to the next phase, once this one's condition holds. */
  private void next() {
    Phase[] phases = Phase.values();
    boolean gate =
        switch (phase) {
          case FENCED ->
              fault == Fault.NOT_COPIED
                  || fault == Fault.COPIED_BEFORE_THE_FENCE
                  || copied(CopiedClouds.begin("c" + moves), "copied", "verified");
          case COPIED ->
              fault == Fault.NOT_COPIED
                  || fault == Fault.COPIED_BEFORE_THE_FENCE
                  || copied(CopiedClouds.verify("c" + moves), "verified");
          case SETTLED, READ_BOTH, VERIFIED -> true;
          case WRITE_EITHER ->
              fault != Fault.COPIED_BEFORE_THE_FENCE
                  || copied(CopiedClouds.begin("c" + moves), "copied", "verified");
          case MOVED -> false;
        };
    if (gate) {
      phase = phases[phase.ordinal() + 1];
    }
    if (phase == Phase.MOVED && random.nextBoolean()) {
      // The old store is removed as a whole, and another change begins.
      from.hotStore.clear();
      from = clouds.other(from);
      phase = Phase.SETTLED;
      moves++;
    }
  }

  private boolean copied(JsonObject order, String... wanted) {
    return List.of(wanted)
        .contains(clouds.copy(from, "hot", Mortal.never(), order).text("state").orElse(""));
  }

  private void disturbedCopy() {
    if (phase != Phase.FENCED) {
      return;
    }
    clouds.losesAnswer = random.nextInt(4) - 1;
    Mortal process = new Mortal(random.nextInt(30), random.nextBoolean());
    try {
      clouds.copy(from, "hot", process, CopiedClouds.begin("c" + moves));
    } catch (Mortal.Killed | RuntimeException e) {
      from.movePlans.disown();
    }
    clouds.losesAnswer = -1;
  }

  private void cancel() {
    switch (phase) {
      case SETTLED, MOVED -> {}
      case READ_BOTH -> phase = Phase.SETTLED;
      case WRITE_EITHER, FENCED, COPIED, VERIFIED -> {
        from = clouds.other(from);
        phase = Phase.WRITE_EITHER;
        moves++;
      }
    }
  }

  private List<FakeCloud> readers() {
    List<FakeCloud> both = List.of(clouds.aws, clouds.azure);
    return switch (phase) {
      case SETTLED -> List.of(from);
      case MOVED -> List.of(clouds.other(from));
      case READ_BOTH, WRITE_EITHER -> fault == Fault.READS_LATE ? List.of(from) : both;
      case FENCED -> fault == Fault.NARROWED_EARLY ? List.of(clouds.other(from)) : both;
      case COPIED, VERIFIED -> both;
    };
  }

  private void read() {
    List<FakeCloud> readers = readers();
    for (FakeCloud reader : readers) {
      for (String device : DEVICES) {
        assertThat(events(function(reader, FunctionKind.HOT_READER), device))
            .as("%s in %s", device, phase)
            .containsExactlyInAnyOrderElementsOf(acknowledged(device).keySet());
        JsonObject query = JsonObject.builder().put("device_id", device).build();
        HostedFunction last = function(reader, FunctionKind.HOT_READER_LAST_ENTRY);
        assertThat(items((JsonObject) last.invoke(query)))
            .hasSize(acknowledged(device).isEmpty() ? 0 : 1);
      }
    }
  }

  private HostedFunction function(FakeCloud cloud, FunctionKind kind) {
    return readers().size() == 1 ? clouds.alone(cloud, kind) : clouds.function(cloud, kind);
  }

  private List<String> events(HostedFunction reader, String device) {
    List<String> events = new ArrayList<>();
    String order = random.nextBoolean() ? "asc" : "desc";
    int limit = 1 + random.nextInt(5);
    Optional<String> token = Optional.empty();
    do {
      JsonObject.Builder query =
          JsonObject.builder().put("device_id", device).put("order", order).put("limit", limit);
      token.ifPresent(t -> query.put("nextToken", t));
      JsonObject page = (JsonObject) reader.invoke(query.build());
      for (JsonValue item : items(page)) {
        events.add(item instanceof JsonObject o ? o.text("event_id").orElse("") : "");
      }
      token = page.text("nextToken");
    } while (token.isPresent());
    return events;
  }

  private static JsonArray items(JsonObject page) {
    return page.array("items").orElseThrow();
  }
}
