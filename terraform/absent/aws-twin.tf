# Stands in for aws-twin.tf where layer 4 is not on AWS: awscc, a large provider, is then not
# downloaded.
