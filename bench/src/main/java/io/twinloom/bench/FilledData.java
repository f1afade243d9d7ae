package io.twinloom.bench;

import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.local.store.StoreFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A data folder whose stores were filled before any twin ran on it. */
public final class FilledData {

  private FilledData() {}

  /** Says that it has the present format: without that, a twin takes it for one of the first. */
  public static void hasPresentFormat(Path data) throws IOException {
    Files.write(
        data.resolve("format.json"),
        Json.bytes(JsonObject.builder().put("format", StoreFormat.CURRENT).build()));
  }
}
