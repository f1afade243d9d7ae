import functions_framework
from google.cloud import pubsub_v1

publisher = pubsub_v1.PublisherClient()


@functions_framework.http
def main(request):
    feedback = request.get_json()["detail"]["action"]["feedback"]
    publisher.publish(feedback["iotDeviceId"], str(feedback["payload"]).encode())
    return {"sent": True}
