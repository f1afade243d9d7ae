package io.twinloom.cost.price;

import io.twinloom.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The price lists that come with the product. */
public final class BuiltInPrices {

  private static final String FOLDER = "/io/twinloom/cost/prices/";

  private BuiltInPrices() {}

  /** All of them; read anew each time. */
  public static Prices read() {
    List<PriceList> lists = new ArrayList<>();
    for (String name : new String(bytes("files.txt"), StandardCharsets.UTF_8).lines().toList()) {
      lists.add(PriceFile.read(Json.parseObject(bytes(name)), name));
    }
    return Prices.of(lists);
  }

  private static byte[] bytes(String name) {
    try (InputStream in = BuiltInPrices.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks " + FOLDER + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
