package io.twinloom.deployer.control;

import io.twinloom.model.TwinloomException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What became of items that were to be stored as history.
 *
 * @param stored that are stored now
 * @param present that were stored already
 * @param refused that are no items of the twin
 * @param pending archived chunks in the range of the items that could not be looked into: what is
 *     in them may be stored twice, and is read once
 */
public record ImportReport(long stored, long present, List<Refusal> refused, long pending) {
  public ImportReport {
    refused = List.copyOf(refused);
  }

  /**
   * A report.
   *
   * @param denied why items were refused, by their places
   */
  public static ImportReport of(long stored, long present, Map<Integer, TwinloomException> denied) {
    List<Refusal> refused = new ArrayList<>();
    denied.forEach(
        (index, why) -> refused.add(new Refusal(index, why.code(), why.what(), why.fix())));
    return new ImportReport(stored, present, refused, 0);
  }

  /** The same with chunks that could not be looked into. */
  public ImportReport withPending(long chunks) {
    return new ImportReport(stored, present, refused, chunks);
  }

  /**
   * An item that was refused.
   *
   * @param index its place among those given, from 0
   * @param code of the error
   */
  public record Refusal(int index, String code, String what, String fix) {}
}
