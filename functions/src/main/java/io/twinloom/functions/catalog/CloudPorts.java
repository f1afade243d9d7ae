package io.twinloom.functions.catalog;

import io.twinloom.functions.intercloud.RemoteSenders;
import io.twinloom.functions.port.DeadLetters;
import io.twinloom.functions.port.DeviceChannel;
import io.twinloom.functions.port.FunctionInvoker;
import io.twinloom.functions.port.FunctionRuntime;
import io.twinloom.functions.port.HotStore;
import io.twinloom.functions.port.InvocationLog;
import io.twinloom.functions.port.MovePlans;
import io.twinloom.functions.port.ObjectStore;
import io.twinloom.functions.port.Pace;
import io.twinloom.functions.port.RecordedAnswers;
import io.twinloom.functions.port.SeenDevices;
import io.twinloom.functions.port.TwinGraph;
import io.twinloom.functions.port.Workflows;
import java.util.Optional;

/**
 * The ports of one cloud. The catalog asks it for those that a function uses, and for no others, so
 * that an adapter may be made when it is asked for. What the cloud does not have, or not for this
 * function, is empty.
 */
public interface CloudPorts {

  FunctionRuntime runtime();

  InvocationLog log();

  DeadLetters deadLetters();

  FunctionInvoker invoker();

  Workflows workflows();

  RemoteSenders senders();

  /** Empty where the hot tier is on another cloud. */
  Optional<HotStore> hotStore();

  /** The cold tier's objects; empty where that tier is on another cloud. */
  Optional<ObjectStore> coldStore();

  /** The archive's objects; empty where that tier is on another cloud. */
  Optional<ObjectStore> archiveStore();

  Optional<MovePlans> movePlans();

  /**
   * Whether there is room for copies of what is stored already, besides what events need. A store
   * that grows by itself always has it.
   */
  default boolean hasRoom() {
    return true;
  }

  /** How fast that runs which can wait. */
  default Pace pace() {
    return Pace.UNPACED;
  }

  /** Empty where the cloud's twin is not pushed to. */
  Optional<TwinGraph> twinGraph();

  /** What the receivers of this cloud answered to signed requests. */
  Optional<RecordedAnswers> recordedAnswers();

  /** Empty where layer 1 is on another cloud. */
  Optional<DeviceChannel> devices();

  /** Empty where the device channel knows by itself which devices use it. */
  default Optional<SeenDevices> seenDevices() {
    return Optional.empty();
  }
}
