import io.twinloom.api.Processor;
import java.util.Map;

/** A workflow's second function: writes down what the first has worked out. */
public final class Diary implements Processor {

  private static final double EURO_PER_LITRE = 0.004;

  @Override
  public Map<String, Object> process(Map<String, Object> given) {
    Map<?, ?> used = (Map<?, ?>) given.get("result");
    long litres = ((Number) used.get("litres")).longValue();
    System.out.printf("watered with %d litres, for %.2f euro%n", litres, litres * EURO_PER_LITRE);
    return Map.of();
  }
}
