package io.twinloom.deployer;

import io.twinloom.deployer.control.HistoryPage;
import io.twinloom.deployer.control.HistoryRequest;
import io.twinloom.deployer.control.PendingChunk;
import io.twinloom.deployer.control.TwinControl;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Asks a twin which events of a device it has, over all tiers that its history is read over. */
final class TierEvents implements StoredEvents {

  private static final int PAGE = 10_000;

  private final TwinControl twin;
  private final Set<String> pending = new HashSet<>();

  TierEvents(TwinControl twin) {
    this.twin = twin;
  }

  @Override
  public Set<String> of(String device, String from, String to) {
    Set<String> ids = new HashSet<>();
    Optional<String> token = Optional.empty();
    do {
      HistoryPage page =
          twin.query(
              HistoryRequest.of(device)
                  .from(Optional.of(from))
                  .to(Optional.of(to))
                  .page(token)
                  .limit(PAGE)
                  .build());
      page.items().forEach(item -> item.text("event_id").ifPresent(ids::add));
      page.pending().stream().map(PendingChunk::key).forEach(pending::add);
      token = page.nextToken();
    } while (token.isPresent());
    return ids;
  }

  /** Chunks that must be restored before it can be known what is in them. */
  long pending() {
    return pending.size();
  }
}
