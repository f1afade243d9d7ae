package io.twinloom.cost.load;

import io.twinloom.cost.demand.Demand;
import io.twinloom.cost.demand.Use;
import io.twinloom.cost.estimate.Decimals;
import io.twinloom.cost.usage.UsageKey;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Project;
import io.twinloom.topology.Store;
import io.twinloom.topology.Topology;
import java.math.BigDecimal;
import java.util.List;

/** What the stores are used for: items go in, age, and go on to the next tier in chunks. */
record StoreLoads(Project project, Topology topology, Traffic traffic) {

  List<Demand> of(Store.Kind kind) {
    return switch (kind) {
      case HOT -> hot();
      case COLD -> cold();
      case ARCHIVE -> archive();
      case TWIN_GRAPH -> twin();
    };
  }

  private List<Demand> hot() {
    BigDecimal messages = traffic.messages();
    BigDecimal item = traffic.itemBytes();
    BigDecimal queries = traffic.queries();
    BigDecimal read = queries.multiply(traffic.items(traffic.responseBytes()));
    // The mover reads every item once, a chunk in one query.
    BigDecimal chunks = traffic.chunks();
    BigDecimal moved =
        chunks.signum() == 0 ? BigDecimal.ZERO : Decimals.divide(messages.multiply(item), chunks);
    return List.of(
        Demand.of(Use.HOT_WRITE, messages, item),
        Demand.of(Use.HOT_DELETE, messages, item),
        Demand.of(Use.HOT_QUERY, queries, traffic.responseBytes()),
        Demand.of(Use.HOT_QUERY, chunks, moved),
        Demand.of(Use.HOT_READ, read.add(messages)),
        Demand.stored(
            Use.HOT_STORED, traffic.kept(messages, traffic.hotDays()), item, traffic.hotDays()));
  }

  private List<Demand> cold() {
    BigDecimal chunks = traffic.chunks();
    BigDecimal read = chunks.add(chunksRead());
    return List.of(
        Demand.of(Use.COLD_WRITE, chunks, traffic.chunkBytes()),
        Demand.of(Use.COLD_LIST, listed()),
        // Each chunk is read once more, when it moves on to the archive.
        Demand.of(Use.COLD_READ, read, traffic.chunkBytes()),
        Demand.of(Use.COLD_DELETE, chunks),
        Demand.stored(
            Use.COLD_STORED,
            traffic.kept(chunks, traffic.coldDays()),
            traffic.chunkBytes(),
            traffic.coldDays()));
  }

  private List<Demand> archive() {
    BigDecimal chunks = traffic.chunks();
    return List.of(
        Demand.of(Use.ARCHIVE_WRITE, chunks, traffic.chunkBytes()),
        Demand.of(Use.ARCHIVE_LIST, historyOf(traffic.historyQueries())),
        Demand.of(Use.ARCHIVE_READ, chunksRead(), traffic.chunkBytes()),
        // Nothing leaves the archive by itself.
        Demand.of(Use.ARCHIVE_DELETE, BigDecimal.ZERO),
        Demand.stored(
            Use.ARCHIVE_STORED,
            traffic.kept(chunks, traffic.archiveDays()),
            traffic.chunkBytes(),
            traffic.archiveDays()));
  }

  private List<Demand> twin() {
    boolean pushed = topology.function(FunctionKind.TWIN_UPDATER).isPresent();
    BigDecimal updates = pushed ? traffic.messages() : BigDecimal.ZERO;
    BigDecimal queries = readThroughTwin() ? traffic.queries() : BigDecimal.ZERO;
    return List.of(
        Demand.of(Use.TWIN_ENTITY, traffic.of(UsageKey.ENTITIES)),
        Demand.of(Use.TWIN_UPDATE, updates, traffic.messageBytes()),
        Demand.of(Use.TWIN_QUERY, queries, traffic.responseBytes()));
  }

  private boolean readThroughTwin() {
    return project
            .placement()
            .l5()
            .filter(l5 -> l5.conventions().viewReadsThroughTwin())
            .isPresent()
        && project.placement().l5().equals(project.placement().l4());
  }

  /** A mover lists each device's chunks once a week, a query of the history once. */
  private BigDecimal listed() {
    BigDecimal weeks = Decimals.divide(Decimals.DAYS, Decimals.of(7));
    return traffic.devices().multiply(weeks).add(historyOf(traffic.historyQueries()));
  }

  private BigDecimal chunksRead() {
    return historyOf(traffic.historyQueries().multiply(traffic.chunksOf(traffic.historyBytes())));
  }

  /** The colder tiers are only asked where the history is read over all tiers. */
  private BigDecimal historyOf(BigDecimal count) {
    return project.config().historyOverTiers() ? count : BigDecimal.ZERO;
  }
}
