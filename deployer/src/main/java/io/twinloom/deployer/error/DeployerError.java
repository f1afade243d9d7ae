package io.twinloom.deployer.error;

import static io.twinloom.model.error.ErrorFacts.permanent;
import static io.twinloom.model.error.ErrorFacts.temporary;

import io.twinloom.model.error.ErrorCode;
import io.twinloom.model.error.ErrorFacts;

/** The codes of deploying a twin and of what is done with a deployed one. */
public enum DeployerError implements ErrorCode {
  CHANGE_NOT_LIVE(
      permanent(
          409,
          "A change takes more than a running twin can do.",
          "Deploy the project: 'twinloom deploy PROJECT'.")),
  CLOUD_DECLINED(
      permanent(
          409,
          "The answer to a question was no, so nothing was changed.",
          "Run the command again and agree if these are the changes you want.")),
  CLOUD_DENIED(
      permanent(
          403,
          "The credentials lack a permission that the deployment needs.",
          "Grant it ('twinloom check-credentials' lists all that are needed, by layer) "
              + "and deploy again.")),
  CLOUD_FOLDER(
      temporary(
          500,
          "The data folder of the deployment cannot be used.",
          "Check that the folder is yours, writable and on a local disk.")),
  CLOUD_HELD(
      temporary(
          409,
          "Another process deploys or destroys this twin now.",
          "Wait until it is done, and run the command again.")),
  CLOUD_LEFT(
      temporary(
          502,
          "Resources are left after everything was removed.",
          "Run destroy again; it names what it cannot remove.")),
  CLOUD_NO_FOLDER(
      permanent(
          409,
          "Terraform's folder, by which the twin was made, is missing.",
          "Restore it, or deploy the twin again where its state is kept, and then destroy it.")),
  CLOUD_NOT_DEPLOYED(
      permanent(
          409,
          "The twin is not deployed to the clouds, or not completely.",
          "Deploy it with 'twinloom deploy PROJECT --target cloud', or name its data "
              + "folder with --data.")),
  CLOUD_NOT_THERE(
      permanent(
          501,
          "This installation of Twinloom does not support the cloud.",
          "Use a version of Twinloom that supports it.")),
  CLOUD_OTHER_ACCOUNT(
      permanent(
          409,
          "The twin is deployed in another account than that of the credentials.",
          "Use credentials of that account; to move the twin, destroy it there first.")),
  CLOUD_OTHER_REGION(
      permanent(
          409,
          "The twin is deployed in another region than the one that is set.",
          "Set the region back; to move the twin, destroy it there first: its data goes with it.")),
  CLOUD_QUOTA(
      temporary(
          409,
          "A quota of the account is reached.",
          "Have it raised in the cloud's console or remove what is not needed, and deploy again.")),
  CLOUD_NEWER(
      permanent(
          409,
          "A newer version of Twinloom has deployed the twin.",
          "Use that version or a newer one.")),
  CLOUD_RECORD(
      permanent(
          409,
          "What Terraform's state says of the deployment cannot be read.",
          "Use the version of Twinloom that the twin was last deployed with, or a newer one.")),
  CLOUD_REFUSED(permanent(502, "The cloud refused a request.", "See the cloud's own message.")),
  CLOUD_REGION(
      permanent(
          422,
          "The region is wrong, or lacks a service.",
          "Set a region of your account that has all services of the layers there.")),
  CLOUD_ROLE_PENDING(
      temporary(
          503,
          "A service of the cloud cannot take a role that was made a moment ago.",
          "Deploy again in a minute; what was made is kept.")),
  CLOUD_THROTTLED(
      temporary(
          503,
          "The cloud throttles the requests.",
          "Wait some minutes and run the command again.")),
  CLOUD_UNPLANNED(
      permanent(
          409,
          "A step of a change would remove something that it does not name.",
          "Name a store that may go with --delete-data; report anything else.")),
  CLOUD_UNREACHABLE(
      temporary(
          503,
          "The cloud cannot be reached.",
          "Check the network (proxy, firewall, DNS) and run the command again.")),
  CONNECTION_FILE(
      permanent(
          500,
          "The file of connections and tokens cannot be used.",
          "Restore the file, or remove it: the next deployment writes it again, with new tokens.")),
  CONNECTION_NO_CLOUD(
      permanent(
          500,
          "The receiving cloud of a connection has no address.",
          "See why that cloud did not start.")),
  CONNECTION_TOKEN(
      permanent(
          422,
          "The token of a connection is missing or too short.",
          "Let the deployer make a token: 32 random bytes or more.")),
  CREDENTIALS_DENIED(
      permanent(
          403,
          "The credentials lack a permission.",
          "'twinloom check-credentials' lists the permissions that are missing.")),
  CREDENTIALS_EXPIRED(
      permanent(
          403,
          "The credentials have expired.",
          "Sign in again, or renew the session token, and run the command again.")),
  CREDENTIALS_MISSING(
      permanent(
          403,
          "There are no credentials for the cloud.",
          "Give them in the environment or in config_credentials.json.")),
  CREDENTIALS_REGION(
      permanent(
          422,
          "No region is configured.",
          "Set the cloud's region in config_credentials.json or in the environment.")),
  CREDENTIALS_UNREADABLE(
      permanent(
          422,
          "config_credentials.json cannot be read.",
          "Make it readable for you alone, or give the credentials in the environment.")),
  CREDENTIALS_WRONG(
      permanent(
          403,
          "The cloud does not accept the credentials.",
          "Check that key and secret belong together and are active, and this machine's clock.")),
  DEVICE_NO_CREDENTIALS(
      permanent(
          409,
          "A device has no credentials to connect with.",
          "Deploy the twin again: that writes the credentials of each device.")),
  DEVICE_NONE(
      permanent(
          422,
          "The project has no device to simulate.",
          "Add a device to config_iot_devices.json.")),
  FILE_NO_FOLDER(
      permanent(
          422,
          "The folder that a file belongs in does not exist.",
          "Name a folder that exists, or make it.")),
  FILE_WRITE(
      temporary(
          500,
          "A file cannot be read or written.",
          "Check that the folder is writable and its disk has room.")),
  INTERRUPTED(temporary(503, "The command was interrupted.", "Run it again.")),
  LOCAL_REFUSED(
      permanent(
          502,
          "The running twin refused a request without giving a reason.",
          "See its log ('twinloom logs').")),
  LOCAL_UNREACHABLE(
      temporary(
          503,
          "The running twin does not answer.",
          "Check its process ('twinloom status'), and start the twin again.")),
  MQTT_CONNECT(
      temporary(
          503,
          "The device channel cannot be reached.",
          "Check that the twin runs ('twinloom status'), and user, password and certificate.")),
  MQTT_LISTEN_COMMANDS(
      temporary(
          503,
          "The device channel does not confirm the subscription to commands.",
          "See the log ('twinloom logs').")),
  MQTT_LOST(
      temporary(
          503,
          "The connection ended before a message was acknowledged.",
          "Check that the twin still runs ('twinloom status'), and send the message again.")),
  NAME_TAKEN(
      permanent(
          409,
          "A resource of that name exists and is not part of this deployment.",
          "Change digital_twin_name, remove what has the name, or restore the state with it.")),
  PACKAGE_MISSING(
      permanent(
          500,
          "A function has no package.",
          "Build the packages of the whole twin before it is deployed.")),
  PROJECT_CHANGING(
      temporary(
          409,
          "The project was changed while it was read.",
          "Run the command again once nothing writes the project's files.")),
  PROJECT_COPY(
      temporary(
          500,
          "The project cannot be copied to where a deployed twin keeps it.",
          "Check that the data folder is writable and its disk has room.")),
  PROJECT_COPY_INVALID(
      permanent(
          422,
          "This program finds a deployed project invalid that another version found valid.",
          "Fix the project and deploy it, or use the version that it was deployed with.")),
  PROJECT_INVALID(
      permanent(
          422,
          "The project is invalid.",
          "'twinloom validate PROJECT' lists everything that is wrong with it.")),
  RECORDING_FILE(
      permanent(
          409,
          "The file of a recording cannot be read or written.",
          "Name a file that can be read, or a new one in a folder that is writable.")),
  RECORDING_LINE(
      permanent(
          422,
          "A line of a recording is not a message.",
          "Write one JSON object a line, with time, device and message; 'twinloom record' does.")),
  RECORDING_LOST(
      temporary(
          503,
          "The device channel was lost while a recording was made.",
          "Check that the twin still runs ('twinloom status'), and begin another recording.")),
  TELEMETRY_UNSEEN(
      permanent(
          409,
          "The device channel shows nobody what devices publish.",
          "Record a twin that runs on this machine.")),
  STATE_BACKEND(
      permanent(
          422,
          "The place of Terraform's state cannot be used.",
          "Check terraform_backend.json; docs/deploying-to-aws.md says how to move the state.")),
  STATE_LOCKED(
      temporary(
          409,
          "Another deployment holds the lock of Terraform's state.",
          "Wait until it has ended; if none runs, release the lock with terraform force-unlock.")),
  STORE_UNKNOWN(
      permanent(
          404,
          "The twin has no store of this name on its clouds.",
          "Use a name that the message lists, CLOUD:NAME.")),
  TERRAFORM_BROKEN(
      temporary(
          500,
          "Terraform ended without a reason.",
          "Run it again; if it fails again, run terraform there with TF_LOG=debug.")),
  TERRAFORM_CANCELLED(
      temporary(
          503,
          "Terraform was interrupted.",
          "Deploy again to continue, or destroy to remove what was made.")),
  TERRAFORM_CYCLE(
      permanent(
          500,
          "The Terraform configuration has a cycle: a fault of Twinloom.",
          "Report it with config_providers.json.")),
  TERRAFORM_FAILED(
      permanent(
          502,
          "Terraform failed for a reason of its own.",
          "Fix what it names and deploy again; what was made is kept.")),
  TERRAFORM_MISSING(
      permanent(
          422, "Neither Terraform nor OpenTofu is installed.", "Install Terraform or OpenTofu.")),
  TERRAFORM_PROVIDERS(
      temporary(
          503,
          "Terraform cannot get its providers.",
          "Check that registry.terraform.io (or your mirror) can be reached, and deploy again.")),
  TERRAFORM_UNUSABLE(
      permanent(
          422,
          "The installed Terraform or OpenTofu is too old or broken.",
          "Install a version that docs/deploying-to-aws.md names.")),
  TOKENS_NOT_ALONE(
      permanent(
          409,
          "A rotation of tokens would change more than tokens.",
          "Deploy the twin first, which shows the changes and asks; then rotate.")),
  TWIN_NONE(
      permanent(
          404,
          "The twin has no layer 4.",
          "Name a cloud for it in config_providers.json, and deploy.")),
  TWIN_OPERATION(
      permanent(
          404,
          "The twin service has no such operation.",
          "Use TwinMaker's name of one that docs/history.md lists.")),
  TWIN_RENAMED(
      permanent(
          409,
          "The project's twin has another name than the one that is deployed.",
          "Give it its former name; or, for another twin, use another data folder (--data).")),
  VERIFY_NOT_ACKNOWLEDGED(
      temporary(
          503,
          "The device channel did not acknowledge the marked measurement.",
          "See the log ('twinloom logs').")),
  VIEW_ADMIN_UNKNOWN(
      permanent(
          422,
          "The administrator of the dashboards is not known to the cloud.",
          "Make a user named as admin_email says there, or set layer_5_provider to none."));

  private final ErrorFacts facts;

  DeployerError(ErrorFacts facts) {
    this.facts = facts;
  }

  @Override
  public ErrorFacts facts() {
    return facts;
  }
}
