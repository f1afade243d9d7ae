import io.twinloom.api.Processor;
import java.util.Map;

/** What the height of the water in a standing cylinder means. */
public final class Tank implements Processor {

  private static final double RADIUS_METRES = 0.8;

  @Override
  public Map<String, Object> process(Map<String, Object> event) {
    double level = ((Number) event.get("level")).doubleValue();
    event.put("litres", (double) Math.round(Math.PI * RADIUS_METRES * RADIUS_METRES * level * 1000));
    event.put("state", level < 0.4 ? "refill" : level > 1.9 ? "full" : "ok");
    return event;
  }
}
