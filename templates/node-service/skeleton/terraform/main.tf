# The role that the service's pods get on EKS, by Pod Identity: for its secrets, and for what its own code calls.

terraform {
  required_version = ">= 1.9"

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
  name               = substr("${var.cluster_name}-${var.namespace}-${var.name}", 0, 64)
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

output "role_arn" {
  description = "Role of the service's pods"
  value       = aws_iam_role.this.arn
}
