package io.twinloom.bench;

import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Somebody who asks all the time for what was readable before: the reader of all tiers, the hot
 * reader and the one of newest values as a view asks them, and the rows of a dashboard. Answers
 * that were under way when the twin was killed do not count.
 */
final class AskingReaders implements AutoCloseable {

  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final long PAUSE_MILLIS = 20;

  private final MovingTwin twin;
  private final Random random;
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Known> known = new ArrayList<>();
  private final Map<String, Integer> answers = new TreeMap<>();
  private final List<String> gaps = new ArrayList<>();
  private final Thread thread;
  private volatile boolean running = true;

  /** A measurement that was readable. */
  private record Known(String device, String time) {}

  /** One reader's answer, as far as it says what was asked. */
  private interface Check {
    boolean isRight(JsonObject answer);
  }

  private AskingReaders(MovingTwin twin, Random random) {
    this.twin = twin;
    this.random = random;
    this.thread = Thread.ofPlatform().name("readers").daemon().unstarted(this::run);
  }

  static AskingReaders start(MovingTwin twin, Random random) {
    AskingReaders readers = new AskingReaders(twin, random);
    readers.thread.start();
    return readers;
  }

  /** How many right answers each kind of reader gave. */
  Map<String, Integer> answers() {
    return answers;
  }

  /** What was not answered, or lacked what was readable before. */
  List<String> gaps() {
    return gaps;
  }

  /** Asks nothing more. */
  void stop() throws InterruptedException {
    running = false;
    thread.join();
  }

  private void run() {
    try {
      while (running) {
        for (String device : BenchProject.devices()) {
          round(device);
          TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      // Nobody asks any more: that must not pass for nothing that was missed.
      gaps.add("the asking ended: " + e);
    }
  }

  private void round(String device) throws InterruptedException {
    String newest = learnt(device);
    if (newest.isEmpty()) {
      return;
    }
    Known old = known.get(random.nextInt(known.size()));
    ask("history", items(old), answer -> has(answer, "items", old.time()));
    for (String reader : List.of("_l5_hot_reader", "_l5_hot_reader_last_entry")) {
      boolean last = reader.endsWith("last_entry");
      askAny(
          last ? "last entry" : "hot reader",
          reader,
          last
              ? "?device_id=" + device
              : "?device_id=" + old.device() + "&start=" + old.time() + "&end=" + old.time(),
          answer ->
              last
                  ? isFrom(answer, "items", "timestamp", newest)
                  : has(answer, "items", old.time()));
    }
    ask(
        "view",
        api("/grafana/latest?device=" + device),
        answer -> isFrom(answer, "rows", "time", newest));
  }

  /** What is readable of a device by now; empty where nobody could say. */
  private String learnt(String device) throws InterruptedException {
    int kills = twin.kills();
    try {
      JsonObject answer = get(api(path(device) + "?order=desc&limit=1"), "");
      String time = text(answer, "items", "timestamp");
      if (time.isEmpty()) {
        if (known.stream().anyMatch(k -> k.device().equals(device)) && counts(kills)) {
          gaps.add("newest of " + device + ": there is none any more" + where());
        }
        return "";
      }
      known.add(new Known(device, time));
      return time;
    } catch (IOException e) {
      if (counts(kills)) {
        gaps.add("newest of " + device + ": " + e.getMessage() + where());
      }
      return "";
    }
  }

  private static String path(String device) {
    return "/projects/" + BenchProject.TWIN + "/devices/" + device + "/items";
  }

  private HttpRequest.Builder items(Known old) {
    return api(path(old.device()) + "?from=" + old.time() + "&to=" + old.time());
  }

  private HttpRequest.Builder api(String path) {
    return HttpRequest.newBuilder(URI.create(twin.twin().api() + path));
  }

  private void ask(String kind, HttpRequest.Builder request, Check check)
      throws InterruptedException {
    int kills = twin.kills();
    try {
      JsonObject answer = get(request, "");
      count(kind, kills, check.isRight(answer) ? "" : "it is not in the answer");
    } catch (IOException e) {
      count(kind, kills, String.valueOf(e.getMessage()));
    }
  }

  /** While a store moves there are two such readers: one may go at any time, none may be wrong. */
  private void askAny(String kind, String ending, String query, Check check)
      throws InterruptedException {
    int kills = twin.kills();
    String why = "there is no such reader";
    try {
      for (MovingTwin.Receiver reader : twin.receivers(ending)) {
        try {
          URI url = URI.create(reader.url() + query);
          JsonObject answer = get(HttpRequest.newBuilder(url), reader.token());
          why = check.isRight(answer) ? "" : "it is not in the answer";
          break;
        } catch (IOException e) {
          why = String.valueOf(e.getMessage());
        }
      }
      count(kind, kills, why);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private boolean counts(int kills) {
    return twin.isUp() && twin.kills() == kills;
  }

  private String where() {
    try {
      return twin.at().map(at -> ", in " + at.kind() + " of " + at.layer()).orElse("");
    } catch (IOException e) {
      return "";
    }
  }

  private void count(String kind, int kills, String wrong) {
    if (wrong.isEmpty()) {
      answers.merge(kind, 1, Integer::sum);
    } else if (counts(kills)) {
      gaps.add(kind + ": " + wrong + where());
    }
  }

  private JsonObject get(HttpRequest.Builder request, String token)
      throws IOException, InterruptedException {
    if (!token.isEmpty()) {
      request.header("X-Inter-Cloud-Token", token);
    }
    HttpResponse<byte[]> answer =
        http.send(request.timeout(LONGEST).build(), HttpResponse.BodyHandlers.ofByteArray());
    if (answer.statusCode() != 200) {
      throw new IOException(answer.statusCode() + " from " + answer.uri().getPath());
    }
    try {
      return Json.parseObject(answer.body());
    } catch (IllegalArgumentException e) {
      throw new IOException("invalid JSON from " + answer.uri().getPath(), e);
    }
  }

  private static boolean has(JsonObject answer, String list, String time) {
    return answer.array(list).orElse(JsonArray.EMPTY).values().stream()
        .anyMatch(item -> text(item, "timestamp").equals(time));
  }

  /** Whether the first of a list is not from before a time. */
  private static boolean isFrom(JsonObject answer, String list, String member, String time) {
    return text(answer, list, member).compareTo(time) >= 0;
  }

  private static String text(JsonObject answer, String list, String member) {
    return answer.array(list).orElse(JsonArray.EMPTY).values().stream()
        .findFirst()
        .map(first -> text(first, member))
        .orElse("");
  }

  private static String text(JsonValue value, String member) {
    return value instanceof JsonObject object ? object.text(member).orElse("") : "";
  }

  @Override
  public void close() {
    running = false;
    thread.interrupt();
    http.close();
  }
}
