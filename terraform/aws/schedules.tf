# When functions run by themselves.

locals {
  # What is divided has a schedule for each run, which says which of them it is.
  schedules = merge([
    for name, s in var.schedules : {
      for run in range(s.divisible ? var.mover_runs : 1) : (s.divisible && var.mover_runs > 1 ? "${name}-${run}" : name) => merge(s, {
        input = s.divisible && var.mover_runs > 1 ? jsonencode(merge(jsondecode(s.input), { run = run, of = var.mover_runs })) : s.input
      })
    } if contains(keys(local.functions), s.function)
  ]...)

  # Five fields to EventBridge's six: it counts days of the week from 1 = Sunday, wants a ? where the
  # other kind of day decides, has 0/15 for */15, and a year at the end.
  cron = {
    for name, s in local.schedules : name => format("cron(%s %s %s %s %s *)",
      replace(split(" ", s.cron)[0], "*/", "0/"),
      split(" ", s.cron)[1],
      split(" ", s.cron)[4] == "*" ? split(" ", s.cron)[2] : "?",
      split(" ", s.cron)[3],
      split(" ", s.cron)[4] == "*" ? "?" : tostring(tonumber(split(" ", s.cron)[4]) + 1),
    )
  }
}

resource "aws_scheduler_schedule_group" "twin" {
  count = length(local.schedules) > 0 ? 1 : 0

  name = var.twin
}

resource "aws_scheduler_schedule" "this" {
  for_each = local.schedules

  name                         = trimprefix(each.key, "${var.twin}-")
  group_name                   = aws_scheduler_schedule_group.twin[0].name
  schedule_expression          = local.cron[each.key]
  schedule_expression_timezone = "UTC"

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = aws_lambda_function.other[each.value.function].arn
    role_arn = aws_iam_role.scheduler[0].arn
    input    = each.value.input

    # A mover that was not reached is reached by the next run; until then a few tries are enough.
    retry_policy {
      maximum_event_age_in_seconds = 900
      maximum_retry_attempts       = 5
    }
  }

  depends_on = [aws_iam_role_policy.scheduler]
}

resource "aws_iam_role" "scheduler" {
  count = length(local.schedules) > 0 ? 1 : 0

  name               = "${var.twin}.scheduler"
  description        = "Twinloom: starts the movers"
  assume_role_policy = local.trust["scheduler"]
}

resource "aws_iam_role_policy" "scheduler" {
  count = length(local.schedules) > 0 ? 1 : 0

  name = "twinloom"
  role = aws_iam_role.scheduler[0].name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid      = "StartMovers"
      Effect   = "Allow"
      Action   = ["lambda:InvokeFunction"]
      Resource = [for f in distinct([for s in local.schedules : s.function]) : "${local.arn.function}:${local.functions[f].cloud_name}"]
    }]
  })
}
