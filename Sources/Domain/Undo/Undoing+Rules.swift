extension Undoing {
  /// Rules that the command created, changed or switched are as they were before it.
  ///
  /// One that it removed stays away: numbers are never used again, and what the rule would do now is
  /// for a new one to say, with a reason and a preview of its own.
  mutating func undoRules() throws(Problem) {
    for id in undo.rules.sorted() {
      guard let left = after.rules[id], let present = state.rules[id] else { continue }
      if let touch = undo.touched[.rule(id)] {
        leave(.rule(id), .changed(touch))
        continue
      }
      guard let was = before.rules[id] else {
        if !present.isRemoved {
          try record(RuleChange.removed(id, name: present.name).event(tag: present.tag))
        }
        continue
      }
      guard !left.isRemoved || was.isRemoved else {
        leave(.rule(id), .ruleRemoved)
        continue
      }
      if was.definition != left.definition {
        let change = RuleChange.revised(id, from: present.definition, to: was.definition)
        try record(change.event(tag: was.tag))
      }
      if was.isEnabled != left.isEnabled {
        let change = was.isEnabled ? RuleChange.enabled(id) : RuleChange.disabled(id)
        try record(change.event(tag: was.tag))
      }
    }
  }
}
