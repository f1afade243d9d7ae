package io.twinloom.local.deploy;

import io.twinloom.deployer.live.LiveTwin;
import io.twinloom.local.observe.TwinActivity;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Connections of a twin on this machine that are broken on purpose. */
record LocalFaults(TwinActivity activity) implements LiveTwin.Faults {
  @Override
  public List<String> connections() {
    return activity.connectionIds();
  }

  @Override
  public List<LiveTwin.ActiveFault> active() {
    Function<io.twinloom.local.observe.Faults.Active, LiveTwin.ActiveFault> read =
        a ->
            new LiveTwin.ActiveFault(
                a.connection(),
                new LiveTwin.Fault(
                    a.fault().cut(),
                    a.fault().latency(),
                    a.fault().errorRate(),
                    a.fault().wrongToken()),
                a.since(),
                a.until(),
                a.affected());
    Stream<LiveTwin.ActiveFault> all = activity.faults().active().stream().map(read);
    return all.toList();
  }

  @Override
  public void set(String connection, LiveTwin.Fault fault, Duration length) {
    activity
        .faults()
        .set(
            connection,
            new io.twinloom.local.observe.Faults.Fault(
                fault.cut(), fault.latency(), fault.errorRate(), fault.wrongToken()),
            length);
  }

  @Override
  public boolean end(String connection) {
    return activity.faults().end(connection);
  }
}
