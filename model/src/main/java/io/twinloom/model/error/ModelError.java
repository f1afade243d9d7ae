package io.twinloom.model.error;

/** The codes of reading and checking a project, and those that several modules share. */
public enum ModelError implements ErrorCode {
  CODE_AMBIGUOUS(
      422,
      "A folder of user code holds code in more than one form.",
      "Keep the form that shall run, and delete or rename the others."),
  CODE_FORM(
      422,
      "A folder of user code holds no code in a known form.",
      "Write process.py with process(event), or a Java class that implements "
          + "io.twinloom.api.Processor."),
  CODE_MISSING(
      422,
      "A rule names a function that has no code.",
      "Put process.py or a Java class into event_actions/ and the function's name."),
  CODE_NO_FOLDER(
      422,
      "A file of user code is not in a folder of its own, so it never runs.",
      "Move it into a folder with the name of its device or function."),
  CODE_NOT_HERE(
      422,
      "A rule names a function without code in this project: the local target does "
          + "not run it.",
      "Put its code into event_actions/ and the function's name to run it locally " + "too."),
  CODE_OTHER_CLOUD(
      422,
      "User code is in the folder of a cloud that layer 2 is not on.",
      "Move the folder to the place that serves every cloud."),
  CODE_PATH(
      422,
      "A rule's pathToCode is not a folder of the project.",
      "Write the folder's path from the project's root."),
  CODE_TWICE(
      422,
      "Two folders hold code for the same function; one of them does not run.",
      "Delete one of the two."),
  CODE_TWO_FOLDERS(
      422,
      "Two rules name different folders for the same function.",
      "Let every rule that runs the function name the same folder."),
  CODE_UNUSED(
      422,
      "A folder holds code that no device or rule uses.",
      "Name the folder as the device or function, or delete it."),
  COMMAND_TOO_LARGE(
      422,
      "The payload of a rule's command is larger than every cloud delivers to a " + "device.",
      "Send less in the payload."),
  COMPONENT_TWICE(
      422,
      "An entity has two components of the same name.",
      "Give each component of an entity a name of its own."),
  CONDITION_AMBIGUOUS(
      422,
      "A path in a condition fits more than one component.",
      "Rename one of the components, or write the full path."),
  CONDITION_DEVICES(
      422,
      "A condition compares properties of several devices, which never arrive in one " + "event.",
      "Write one rule for each device."),
  CONDITION_NO_PATH(
      422,
      "A condition compares only constants, so no event can change it.",
      "Compare a property, such as entityId.componentId.temperature > DOUBLE(30)."),
  CONDITION_PATH(
      422,
      "A path in a condition leads to no component of a device.",
      "Write entityId.componentId.propertyName as they are in the hierarchy."),
  CONDITION_PROPERTY(
      422,
      "A condition names a property that the device does not have.",
      "Write the name of one of the device's properties, or add the property."),
  CONDITION_SYNTAX(422, "A condition has a syntax error.", "Write it as docs/events.md shows."),
  CONDITION_TEXT(
      422,
      "A text in a condition compares otherwise than it looks.",
      "Write the text in STRING(…) just as the device sends it."),
  CONDITION_TYPE(
      422,
      "A condition compares values of types that cannot be compared.",
      "Compare values of one type; true and false only with == and !=."),
  CONNECTION_MISMATCH(
      422,
      "An entry of config_inter_cloud.json contradicts its connection id.",
      "Write the provider and the function that the connection leads to."),
  CONNECTION_UNKNOWN(
      404, "The twin has no connection with this id.", "Use an id that 'twinloom plan' shows."),
  CREDENTIALS_INCOMPLETE(
      422,
      "Two credentials belong together and one of them is missing.",
      "Add the other one, or take both from the environment."),
  DATATYPE_UNKNOWN(
      422,
      "A property has an unknown data type.",
      "Write one of the data types that docs/configuration.md lists."),
  DEVICE_ID(
      422,
      "A device id has illegal characters or is too long.",
      "Write 1 to 64 letters, digits, \"-\", \"_\" or \".\", at least one of them a letter "
          + "or digit."),
  DEVICE_TWICE(422, "Two devices have the same id.", "Give each device an id of its own."),
  DEVICE_UNKNOWN(
      404,
      "The project has no device with this id.",
      "Use the id of a device in config_iot_devices.json, or add the device there."),
  DEVICES_NONE(
      422,
      "The list of devices is empty, so nothing can be measured.",
      "Add a device to config_iot_devices.json."),
  EMAIL(422, "An e-mail address is invalid.", "Write an address such as ada@example.com."),
  ENTITY_TWICE(
      422,
      "Two entities or twins of the hierarchy have the same id.",
      "Give each an id of its own."),
  ENTITY_UNKNOWN(
      422,
      "A relationship of the hierarchy names an entity that does not exist.",
      "Write the id of an entity of the hierarchy."),
  EVENTS_OFF(
      422,
      "There are rules, but checking events is switched off.",
      "Set useEventChecking to true in config_optimization.json."),
  FEEDBACK_OFF(
      422,
      "A rule sends feedback to a device, but feedback is switched off.",
      "Set returnFeedbackToDevice to true in config_optimization.json."),
  FILE_ENCODING(422, "A file is not in UTF-8.", "Save it as UTF-8."),
  FILE_LINK(
      422,
      "The project holds a link that leads out of it, to nothing, or in a circle.",
      "Put the file itself in its place, or delete the link."),
  FILE_MISSING(
      422,
      "A file that every project needs is missing.",
      "Add it to the project's root; 'twinloom init DIR' writes one to start from."),
  FILE_TOO_LARGE(413, "A configuration file is too large.", "Keep only the configuration in it."),
  FILE_TWICE(
      422,
      "Two files of the project have names that differ only in how Unicode composes a character.",
      "Delete one of the two."),
  FILE_UNKNOWN(
      422,
      "A file is unknown and has no effect.",
      "Rename it to the file that it is meant to be, or delete it."),
  FILE_UNREADABLE(
      422,
      "A file of the project cannot be read.",
      "Check that it is complete and that you may read it."),
  FUNCTION_UNKNOWN(
      404, "The twin has no function with this name.", "Use a name that 'twinloom plan' shows."),
  HIERARCHY_OTHER_CLOUD(
      422,
      "A hierarchy file is for a cloud that layer 4 is not on.",
      "Write the hierarchy as twin_hierarchy/hierarchy.json, which every cloud reads."),
  HIERARCHY_SHAPE(
      422,
      "A hierarchy file has another form than is read, or a component at its top.",
      "Write it as docs/configuration.md describes."),
  HIERARCHY_TREE(
      422,
      "What contains what in the hierarchy is not a tree; a relationship becomes a relation.",
      "Let each twin be contained in one other, without coming back to itself."),
  JSON_SYNTAX(
      422, "A file is invalid JSON.", "Correct the syntax at the line that the error names."),
  KEY_MISSING(
      422, "A required key is missing.", "Add it; docs/configuration.md describes every key."),
  KEY_TWICE(422, "An object has the same key twice.", "Delete one of the two."),
  KEY_UNKNOWN(
      422,
      "A key is unknown and has no effect.",
      "Rename it to the key that it is meant to be, delete it, or begin its name "
          + "with \"_comment\"."),
  MODEL_ID(
      422, "The id of a DTDL model is invalid.", "Write an id such as dtmi:com:example:Room;1."),
  MODEL_SHAPE(
      422,
      "A DTDL model is not as Digital Twins takes it.",
      "Write it as DTDL has it; the error says what differs."),
  MODEL_TWICE(422, "Two DTDL models have the same id.", "Delete one, or give it another version."),
  MODEL_UNKNOWN(
      422, "A twin names a model that does not exist.", "Write the \"@id\" of one of the models."),
  NAME_COLLISION(
      422,
      "A name is reserved, or two resources would get the same name.",
      "Give the device or function another name."),
  NAME_ILLEGAL(
      422,
      "A name cannot be used for resources on the clouds.",
      "Write a name as docs/configuration.md describes."),
  PROJECT_MISSING(
      404,
      "There is no project folder and no ZIP at the path.",
      "Give the folder that holds config.json, or a ZIP of it; 'twinloom init DIR' "
          + "makes a new one."),
  PROJECT_TOO_LARGE(
      413,
      "The project folder holds too many files or bytes.",
      "Give the folder that holds config.json itself, and move what is not part of "
          + "the project elsewhere."),
  PROJECT_UNREADABLE(
      422,
      "The project cannot be read.",
      "Check that the path is right and that you may read everything in it."),
  PROPERTY_RESERVED(
      422,
      "A property has a name that Twinloom writes itself, so devices cannot set it.",
      "Give the property another name."),
  PROPERTY_TWICE(
      422, "A device has two properties of the same name.", "Delete one or give it another name."),
  PROVIDER_UNKNOWN(
      422,
      "A layer or connection names an unknown cloud.",
      "Write aws, azure or google; layers 4 and 5 can be none."),
  SCENE_MISSING(
      422,
      "A 3D model is asked for, but its folder is missing.",
      "Put the scene of layer 4 into the folder before deploying to the clouds."),
  TIME_UNREADABLE(
      422,
      "A time cannot be read.",
      "Write it in ISO 8601, or as seconds or milliseconds since 1970."),
  TOKEN_SHORT(
      422,
      "The token of a connection is too short.",
      "Let 'twinloom deploy' make tokens, or write at least 32 random characters."),
  URL(
      422,
      "The address of a connection is invalid.",
      "Write an http or https address with a host, and without user, password or " + "fragment."),
  USER_MISSING(
      422,
      "config_user.json is missing, and the dashboards of layer 5 need an " + "administrator.",
      "Add it with admin_email, admin_first_name and admin_last_name before "
          + "deploying to the clouds."),
  VALUE_BLANK(422, "A text is empty or blank.", "Write a value."),
  VALUE_RANGE(
      422,
      "A number is outside its range.",
      "Write a whole number within the range that the error names."),
  VALUE_TYPE(
      422,
      "A value has another JSON type than its key takes.",
      "Write a value of the type that docs/configuration.md gives."),
  VALUE_UNKNOWN(
      422,
      "A value is not one of those that its key takes.",
      "Write one of the values that the error names."),
  WORKFLOW_OFF(
      422,
      "A rule starts a workflow, but workflows are switched off.",
      "Set triggerNotificationWorkflow to true in config_optimization.json, or write "
          + "\"function\"."),
  WORKFLOW_SHAPE(
      422,
      "A workflow file is empty or contradicts itself.",
      "Correct the workflow, or delete the file."),
  ZIP_DAMAGED(422, "The ZIP cannot be read.", "Make the ZIP again from the project folder."),
  ZIP_ENCRYPTED(422, "An entry of the ZIP is encrypted.", "Make the ZIP without a password."),
  ZIP_ENTRIES(
      413,
      "The ZIP has too many entries.",
      "Leave out what is not part of the project, such as virtual environments and " + "data."),
  ZIP_LINK(422, "The ZIP holds a link or a device.", "Put the file itself into the ZIP."),
  ZIP_PATH(
      422,
      "The ZIP holds an illegal path, or the same path twice.",
      "Make the ZIP again from inside the project folder, with relative paths only."),
  ZIP_RATIO(
      413,
      "The ZIP unpacks to far more than its own size.",
      "Leave out what is not part of the project."),
  ZIP_TOO_LARGE(
      413,
      "The ZIP is too large, packed or unpacked.",
      "Leave out what is not part of the project, such as virtual environments and " + "data.");

  private final ErrorFacts facts;

  ModelError(int httpStatus, String meaning, String fix) {
    this.facts = ErrorFacts.permanent(httpStatus, meaning, fix);
  }

  @Override
  public ErrorFacts facts() {
    return facts;
  }
}
