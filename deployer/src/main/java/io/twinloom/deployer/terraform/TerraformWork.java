package io.twinloom.deployer.terraform;

import io.twinloom.json.JsonObject;
import java.util.List;

/**
 * At work in one folder, with its files and its state: Terraform as {@link TerraformFolder} runs
 * it, or what stands in for it.
 */
public interface TerraformWork {

  /** Finds out what has to be made, changed and removed; {@link #apply} then does just that. */
  PlannedChanges plan();

  /**
   * Finds out what {@link #apply} would remove so that these stay, with what they are made of.
   *
   * @return nothing where nothing can go; then there is nothing to apply
   */
  PlannedChanges planDestroy(List<StoredData> kept);

  /** What of all that the state knows of holds data of the twin. */
  List<StoredData> stored();

  /** What of the last {@link #plan} is more than giving functions other tokens. */
  List<PlannedChanges.Change> besideTokens();

  /**
   * Unlocks what may be removed, and changes nothing else: all that holds data is locked.
   *
   * @return whether anything was locked
   */
  boolean unprotect(List<StoredData> data);

  /**
   * Does what the last {@link #plan} or {@link #planDestroy} found.
   *
   * @throws io.twinloom.model.TwinloomException if something cannot be made; all that was made is
   *     in the state
   */
  void apply();

  /** The values that the HCL gives out, by name; empty where nothing was applied. Holds secrets. */
  JsonObject outputs();

  /** How many things the state knows of. */
  int managed();
}
