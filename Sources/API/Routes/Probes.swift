import Domain
import HTTPTypes
import HummingbirdCore
import Ledger
import Webhooks

extension API {
  static let probeRoutes = [
    Route(.get, "/healthz", access: .anyone) { _, _ in .text("ok\n") },
    Route(.get, "/metrics", access: .anyone) { api, _ in
      Response(bytes: Array(api.figures.utf8), type: "text/plain; version=0.0.4; charset=utf-8")
    },
    Route(.get, "/readyz", access: .anyone) { api, _ in
      // Reads go on when the log is damaged, but whoever sends commands should look elsewhere.
      guard let reason = api.ledger.readOnlyReason else { return .text("ready\n") }
      return .text("read-only: \(reason)\n", status: .serviceUnavailable)
    },
  ]

  private var figures: String {
    var text = PrometheusText()
    let state = ledger.state
    let gauges: [(name: String, help: String, value: Int)] = [
      ("log_events", "Events in the log.", Int(state.position)),
      ("tags", "Tags, archived ones included.", state.tags.count { $0.isListed }),
      ("customers", "Customers.", state.customerCount),
      ("memberships", "Pairs of a customer and a tag.", state.membershipCount),
      ("jobs_running", "Jobs that are running.", ledger.jobs.running),
      ("signed_events", "Events that the last checkpoint covers.", Int(ledger.signedSize ?? 0)),
      (
        "scrub_position", "Events the scrubber has looked at in this pass.",
        Int(ledger.scrubbed.position)
      ),
      ("scrub_passes", "How often the scrubber has come to the end.", Int(ledger.scrubbed.passes)),
      ("read_only", "1 when no commands are taken.", ledger.readOnlyReason == nil ? 0 : 1),
    ]
    for gauge in gauges {
      text.family("tagledger_\(gauge.name)", .gauge, gauge.help)
      text.sample("tagledger_\(gauge.name)", gauge.value)
    }
    writeRequests(to: &text)
    registry.write(to: &text)
    ProcessFigures.write(to: &text)
    return text.text
  }

  private func writeRequests(to text: inout PrometheusText) {
    let names = Self.routes.map { [("method", $0.method.rawValue), ("route", $0.path)] }
    let tallies = Array(zip(names + [[("method", "-"), ("route", "-")]], meters.tallies))
      .filter { !$0.1.statuses.isEmpty }
    text.family("tagledger_http_requests_total", .counter, "Requests answered.")
    for (labels, tally) in tallies {
      for (status, count) in tally.statuses.sorted(by: { $0.key < $1.key }) {
        text.sample(
          "tagledger_http_requests_total", labels: labels + [("status", "\(status)")], count)
      }
    }
    let name = "tagledger_http_request_duration_seconds"
    text.family(name, .histogram, "From a request's head to its answer's head.")
    for (labels, tally) in tallies { text.histogram(name, labels, tally.latency) }
    let limited = "tagledger_http_limited_total"
    text.family(limited, .counter, "Requests and connections refused by a limit.")
    let deliveries = "tagledger_webhook_messages_total"
    let counts = courier.counts
    text.family(deliveries, .counter, "Tries to tell a webhook, by what came of them.")
    for (label, count) in [
      ("delivered", counts.delivered), ("failed", counts.failed), ("dead", counts.dead),
    ] {
      text.sample(deliveries, labels: [("outcome", label)], count)
    }
    for (label, count) in meters.limits { text.sample(limited, labels: [("limit", label)], count) }
  }
}

extension Response {
  static func text(_ text: String, status: HTTPResponse.Status = .ok) -> Response {
    Response(status, bytes: Array(text.utf8), type: "text/plain; charset=utf-8")
  }
}
