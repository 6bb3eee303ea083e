package import Domain
import EventLog

extension Ledger {
  /// What a rule would do, found out apart from the threads that serve requests.
  package func preview(of rule: Rule, in state: State) async throws(Problem) -> RulePreview {
    let now = moment
    return try await past.apart { () throws(Problem) in
      state.preview(of: rule, at: now, spread: onAllCores)
    }
  }

  /// The event of each version of a rule: who made it, when and why.
  package func versions(of rule: Rule) throws(Problem) -> [RecordedEvent] {
    try log.events(seqs: rule.versions)
  }

  /// Waits until everything that follows from what has been recorded is done, as far as the clock has
  /// come; for tests and for whoever measures.
  package func waitForRules() async {
    let position = state.position
    while rules.settledPosition < position {
      try? await Task.sleep(for: .milliseconds(5))
    }
  }
}
