# The role that the service's pods get on EKS, by Pod Identity: for its secrets, and for what its own code calls. And the
# repository of its images, where they go to Amazon ECR. One call for each environment: ../dev, ../prod.

terraform {
  required_version = ">= 1.11"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
}

variable "name" {
  description = "Name of the service and of its Kubernetes service account"
  type        = string
}

variable "namespace" {
  description = "Namespace that the service runs in"
  type        = string
}

variable "cluster_name" {
  description = "Name of the EKS cluster"
  type        = string
}

variable "secrets" {
  description = "Names in AWS Secrets Manager that the service may read"
  type        = set(string)
  default     = []
}

variable "policy_arns" {
  description = "Policies for what the service's own code calls; none by default"
  type        = map(string)
  default     = {}
}

variable "image_repository" {
  description = "The images' repository in Amazon ECR, as in deploy/values.yaml; null where it is made elsewhere"
  type        = string
  default     = null
}

locals {
  full_name = "${var.cluster_name}-${var.namespace}-${var.name}"
  # IAM takes 64 characters. The hash keeps apart what differs behind them.
  role_name = length(local.full_name) <= 64 ? local.full_name : "${substr(local.full_name, 0, 55)}-${substr(sha256(local.full_name), 0, 8)}"
}

data "aws_eks_cluster" "this" {
  name = var.cluster_name
}

data "aws_caller_identity" "this" {}

data "aws_partition" "this" {}

data "aws_region" "this" {}

# Without the conditions, whoever may create an association anywhere in the account could take this role.
data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole", "sts:TagSession"]

    principals {
      type        = "Service"
      identifiers = ["pods.eks.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:RequestTag/kubernetes-namespace"
      values   = [var.namespace]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:RequestTag/kubernetes-service-account"
      values   = [var.name]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:RequestTag/eks-cluster-arn"
      values   = [data.aws_eks_cluster.this.arn]
    }
  }
}

# Secrets Manager appends six characters to the name in the ARN; the question marks stand for exactly those.
data "aws_iam_policy_document" "secrets" {
  count = length(var.secrets) > 0 ? 1 : 0

  statement {
    actions = ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"]
    resources = [
      for name in var.secrets :
      "arn:${data.aws_partition.this.partition}:secretsmanager:${data.aws_region.this.region}:${data.aws_caller_identity.this.account_id}:secret:${name}-??????"
    ]
  }
}

resource "aws_iam_role" "this" {
  name               = local.role_name
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

resource "aws_iam_role_policy" "secrets" {
  count  = length(var.secrets) > 0 ? 1 : 0
  name   = "read-secrets"
  role   = aws_iam_role.this.id
  policy = data.aws_iam_policy_document.secrets[0].json
}

resource "aws_iam_role_policy_attachment" "own" {
  for_each   = var.policy_arns
  role       = aws_iam_role.this.name
  policy_arn = each.value
}

resource "aws_eks_pod_identity_association" "this" {
  cluster_name    = var.cluster_name
  namespace       = var.namespace
  service_account = var.name
  role_arn        = aws_iam_role.this.arn
}

resource "aws_ecr_repository" "this" {
  count                = var.image_repository == null ? 0 : 1
  name                 = regex("^[^/]+/(.+)$", var.image_repository)[0]
  image_tag_mutability = "IMMUTABLE"

  image_scanning_configuration {
    scan_on_push = true
  }

  lifecycle {
    precondition {
      condition     = startswith(var.image_repository, "${data.aws_caller_identity.this.account_id}.dkr.ecr.${data.aws_region.this.region}.")
      error_message = "${var.image_repository} is in another account or region: make it there, and leave out image_repository here."
    }
  }
}

# Images that a tag's index refers to are not expired with the untagged. Production must not lag by more than the second rule.
resource "aws_ecr_lifecycle_policy" "this" {
  count      = var.image_repository == null ? 0 : 1
  repository = aws_ecr_repository.this[0].name
  policy = jsonencode({
    rules = [
      {
        rulePriority = 1
        description  = "What no tag names, after two weeks"
        selection    = { tagStatus = "untagged", countType = "sinceImagePushed", countUnit = "days", countNumber = 14 }
        action       = { type = "expire" }
      },
      {
        rulePriority = 2
        description  = "All but the newest 500"
        selection    = { tagStatus = "any", countType = "imageCountMoreThan", countNumber = 500 }
        action       = { type = "expire" }
      },
    ]
  })
}

output "role_arn" {
  description = "Role of the service's pods"
  value       = aws_iam_role.this.arn
}
