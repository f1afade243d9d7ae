import io.twinloom.api.Processor;
import java.util.Map;

/** How much water the bed lacks. */
public final class Irrigation implements Processor {

  private static final double TARGET_PERCENT = 38.0;
  private static final double LITRES_PER_PERCENT = 14.0;

  @Override
  public Map<String, Object> process(Map<String, Object> event) {
    double moisture = ((Number) event.get("soil_moisture")).doubleValue();
    double missing = Math.max(0, TARGET_PERCENT - moisture) * LITRES_PER_PERCENT;
    event.put("litres_missing", Math.round(missing * 10) / 10.0);
    return event;
  }
}
