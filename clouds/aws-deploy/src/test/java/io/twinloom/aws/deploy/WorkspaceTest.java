package io.twinloom.aws.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.deployer.Progress;
import io.twinloom.functions.port.TwinGraph.Definition;
import io.twinloom.functions.twin.GraphDefinition;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.model.DataType;
import io.twinloom.model.Device;
import io.twinloom.model.Hierarchy;
import io.twinloom.model.Hierarchy.Component;
import io.twinloom.model.Hierarchy.Entity;
import io.twinloom.model.Hierarchy.Relation;
import io.twinloom.model.TwinloomException;
import io.twinloom.testkit.aws.FakeAws;
import io.twinloom.testkit.aws.FakeTwinMaker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceTest {

  private static final TwinReaders READERS = new TwinReaders("arn:ranges", "arn:newest");

  @TempDir Path folder;

  private final FakeTwinMaker twinMaker = new FakeTwinMaker();
  private FakeAws aws;
  private AwsDeployClients clients;

  @BeforeEach
  void start() throws IOException {
    aws = new FakeAws(twinMaker);
    clients = StandInClients.of(aws, folder);
  }

  @AfterEach
  void stop() {
    clients.close();
    aws.close();
  }

  private Workspace workspace() {
    return new Workspace(clients, "hall", Progress.SILENT);
  }

  private void define(Entity... roots) {
    workspace().define(graph(roots), READERS);
  }

  private static Definition graph(Entity... roots) {
    return GraphDefinition.of(new Hierarchy(List.of(roots), false));
  }

  private static Component press() {
    return new Component(
        "press",
        "com.example.press",
        Optional.of("press-1"),
        List.of(new Device.Property("force", DataType.DOUBLE, Optional.empty())),
        List.of(new Device.ConstProperty("serial", DataType.STRING, new JsonString("P-7"))));
  }

  private static Entity entity(String id, List<Entity> children, Component... components) {
    return new Entity(id, children, List.of(components), List.of());
  }

  @Test
  void entitiesAreMadeWithTheirTypesAndParentsBeforeThem() {
    define(entity("hall", List.of(entity("line-1", List.of(), press()))));
    assertThat(twinMaker.entities).containsOnlyKeys("hall", "line-1");
    assertThat(twinMaker.entities.get("line-1").text("parentEntityId")).contains("hall");
    assertThat(twinMaker.types).containsOnlyKeys("com.example.press");
  }

  @Test
  void measuredPropertiesAreReadThroughTheReadersAndConstantsAreKeptByTwinMaker() {
    define(entity("line-1", List.of(), press()));
    JsonObject type = twinMaker.types.get("com.example.press");
    assertThat(type.object("functions").orElseThrow().toString())
        .contains("\"dataReader\":{\"implementedBy\":{\"lambda\":{\"arn\":\"arn:ranges\"")
        .contains("\"attributePropertyValueReaderByEntity\"", "arn:newest");
    JsonObject properties = type.object("propertyDefinitions").orElseThrow();
    assertThat(properties.object("force").orElseThrow().toString())
        .contains("\"isTimeSeries\":true", "\"isStoredExternally\":true", "DOUBLE");
    assertThat(properties.object("serial").orElseThrow().toString())
        .contains("\"isTimeSeries\":false", "P-7");
  }

  @Test
  void aRelationIsMadeWhenItsTargetIsThere() {
    Entity feeder =
        new Entity("feeder", List.of(), List.of(), List.of(new Relation("feeds", "press")));
    define(feeder, entity("press", List.of(), press()));
    assertThat(twinMaker.entities.get("feeder").object("components").orElseThrow().toString())
        .contains("\"relations\"", "\"targetEntityId\":\"press\"");
  }

  @Test
  void whatTheProjectHasNoMoreIsRemovedChildrenFirst() {
    define(entity("hall", List.of(entity("line-1", List.of(), press()))));
    define(entity("shed", List.of()));
    assertThat(twinMaker.entities).containsOnlyKeys("shed");
    assertThat(twinMaker.types).isEmpty();
  }

  @Test
  void anEntityThatMovesOrChangesKeepsItsId() {
    define(entity("hall", List.of()), entity("line-1", List.of(), press()));
    define(entity("hall", List.of(entity("line-1", List.of()))));
    assertThat(twinMaker.entities.get("line-1").text("parentEntityId")).contains("hall");
    assertThat(twinMaker.entities.get("line-1").object("components").orElseThrow().members())
        .isEmpty();
  }

  @Test
  void definingTheSameAgainChangesNothing() {
    Entity[] roots = {entity("hall", List.of(entity("line-1", List.of(), press())))};
    define(roots);
    var before = java.util.Map.copyOf(twinMaker.entities);
    define(roots);
    assertThat(twinMaker.entities).isEqualTo(before);
  }

  @Test
  void clearingLeavesNothingButWhatIsTwinMakersOwn() {
    define(entity("hall", List.of(entity("line-1", List.of(entity("press", List.of(), press()))))));
    workspace().clear();
    assertThat(twinMaker.entities).isEmpty();
    assertThat(twinMaker.types).isEmpty();
    workspace().clear();
  }

  @Test
  void clearingAWorkspaceThatIsGoneDoesNothing() {
    aws.answer(
        request ->
            new FakeAws.Answer(
                404,
                "application/json",
                "{\"__type\":\"ResourceNotFoundException\",\"message\":\"no workspace\"}"));
    workspace().clear();
  }

  @Test
  void namesThatTwinMakerHasNotAreCleanedAndStayApart() {
    define(entity("Förderband", List.of(), press()), entity("Forderband", List.of()));
    assertThat(twinMaker.entities).hasSize(2);
    assertThat(twinMaker.entities.keySet())
        .allMatch(id -> id.matches("[a-zA-Z0-9][a-zA-Z0-9_.:-]*[a-zA-Z0-9]"));
    assertThat(twinMaker.entities.values())
        .anyMatch(e -> e.text("entityName").filter("Förderband"::equals).isPresent());
  }

  @Test
  void whatTwinMakerRefusesIsReportedInItsWords() {
    aws.answer(
        request ->
            new FakeAws.Answer(
                402,
                "application/json",
                "{\"__type\":\"ServiceQuotaExceededException\",\"message\":\"too many"
                    + " entities\"}"));
    assertThatThrownBy(() -> define(entity("hall", List.of())))
        .isInstanceOfSatisfying(
            TwinloomException.class,
            e -> {
              assertThat(e.what()).contains("too many entities");
              assertThat(e.where()).contains("hall");
            });
  }
}
