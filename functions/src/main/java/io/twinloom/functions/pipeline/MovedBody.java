package io.twinloom.functions.pipeline;

import io.twinloom.functions.port.StoreException;
import io.twinloom.json.JsonObject;
import java.util.function.Supplier;

/**
 * A function whose store, or whose next function, has moved to another cloud while the twin is
 * being changed: it does nothing any more. What it is given is put off, and goes to the other cloud
 * once its sender knows that, so that nothing is written behind what is copied, and nothing is
 * refused.
 *
 * @param function what it was
 * @param why what its callers get
 */
public record MovedBody(FunctionBody function, StoreException why) implements FunctionBody {

  /** The setting that says to which cloud; absent or blank where nothing has moved. */
  public static final String MOVED_TO = "STORE_MOVED_TO";

  @Override
  public boolean takesBatches() {
    return function.takesBatches();
  }

  @Override
  public String lane(Supplier<JsonObject> event) {
    return function.lane(event);
  }
}
