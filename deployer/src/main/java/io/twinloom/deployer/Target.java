package io.twinloom.deployer;

import io.twinloom.model.Problem;
import io.twinloom.model.Project;
import java.util.List;
import java.util.Optional;

/** Somewhere a twin can be deployed to. One twin's place there: made for one project. */
public interface Target {

  /** The target's name, as the user chooses it. */
  String name();

  /** What this target has to say about a valid project: what it would do otherwise than others. */
  List<Problem> check(Project project);

  /**
   * Makes the twin run as its project says, and returns when it does. What is deployed already stays
   * or is changed; a deployment that was interrupted is brought to its end.
   *
   * @throws io.twinloom.model.TwinloomException if it cannot: then what is deployed is known to the
   *     target's journal, and deploying or destroying again goes on from there
   */
  DeployedTwin deploy(PreparedProject project, Progress progress);

  /**
   * Ends the twin. Does nothing where there is none.
   *
   * @param deleteData whether what it kept goes too
   * @return whether there was one
   */
  boolean destroy(boolean deleteData, Progress progress);

  /** The twin that runs there now. */
  Optional<DeployedTwin> deployed();
}
