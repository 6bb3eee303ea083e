/// A rule that comes with the program, off until somebody takes it over (A1–A19). The codes are formats.
package struct ReadyRule: Hashable, Sendable, Identifiable {
  /// `A1` … `A19`, as the requirements number them.
  package let id: String
  /// The filter, with parameters in braces.
  let template: String
  package let parameters: [Parameter]
  let tag: Tag
  /// Another ready rule whose tag the filter asks about, in the braces `{tag}`.
  var asks: String?

  /// A threshold, or a word of the shop's own.
  package struct Parameter: Hashable, Sendable {
    package let name: String
    package let kind: Kind
    /// What the guide says; nil where only the shop can say.
    package let standard: String?

    /// The raw values are formats.
    package enum Kind: String, Hashable, Sendable {
      /// A whole number: of orders, of days, of hours.
      case number
      /// In the account's currency, whole units.
      case money
      /// A whole number of hundredths, at most 100.
      case percent
      case text
    }

    init(_ name: String, _ kind: Kind, _ standard: String?) {
      self.name = name
      self.kind = kind
      self.standard = standard
    }
  }

  /// Which tag it decides, unless another is chosen.
  enum Tag: Hashable, Sendable {
    /// The tag of the starter sets at that place.
    case starter(Int)
    case named(pt: String, fr: String, en: String)
    /// A category, and in it the value of a parameter.
    case category(pt: String, fr: String, en: String, parameter: String)
  }

  package static subscript(id: String) -> ReadyRule? {
    all.first { $0.id.lowercased() == id.lowercased() }
  }

  /// The name of its tag in a language.
  ///
  /// - Parameter limit: the characters that a tag's name may have.
  package func tagName(
    _ language: StarterSet, _ values: [String: String], limit: Int
  ) -> String {
    switch tag {
    case .starter(let place): return language.tags[place].name
    case .named(let pt, let fr, let en): return language.choose(pt, fr, en)
    case .category(let pt, let fr, let en, let parameter):
      let word = values[parameter] ?? ""
      let name = language.choose(pt, fr, en) + "-" + word.prefix(1).uppercased() + word.dropFirst()
      return String(name.prefix(limit))
    }
  }

  /// The tag as it is created where there is none of that name.
  func draft(_ language: StarterSet, named name: String) -> TagDraft {
    if case .starter(let place) = tag, language.tags[place].name == name {
      return language.tags[place]
    }
    return TagDraft(name: name, color: .palette(5))
  }

  /// The values of all parameters, those of the guide where none is given.
  ///
  /// - Throws: `readyRuleIncomplete` for one that only the shop can say and that is missing, and
  ///   `parameterUnreadable` for one that is unknown or no such value.
  func values(_ given: [String: String]) throws(Problem) -> [String: String] {
    for name in given.keys.sorted() where !parameters.contains(where: { $0.name == name }) {
      throw .parameterUnreadable(
        name: name, value: given[name]!,
        expected: .written(parameters.map(\.name).joined(separator: ", ")))
    }
    var values: [String: String] = [:]
    for parameter in parameters {
      guard parameter.standard != nil || given[parameter.name] != nil else {
        throw .readyRuleIncomplete(ready: id, parameter: parameter.name)
      }
      guard let value = (given[parameter.name] ?? parameter.standard)?.trimmed,
        parameter.accepts(value)
      else {
        throw .parameterUnreadable(
          name: parameter.name, value: given[parameter.name] ?? "",
          expected: parameter.standard.map { .written($0) }
            ?? (parameter.kind == .text ? .text : .wholeNumber))
      }
      values[parameter.name] = value
    }
    return values
  }

  /// The filter in the language of filters.
  ///
  /// - Parameter tag: the name of the tag that it asks about, if it does.
  func filter(_ values: [String: String], tag: String?) -> String {
    var text = template
    for (name, value) in values { text = text.replacing("{\(name)}", with: value) }
    if let tag { text = text.replacing("{tag}", with: tag) }
    return text
  }

  /// The filter as the guide has it, for whoever chooses; words of the shop's own stand as `…`.
  package func example(_ language: StarterSet) -> String {
    var values: [String: String] = [:]
    for parameter in parameters { values[parameter.name] = parameter.standard ?? "…" }
    let asked = asks.flatMap { ReadyRule[$0] }?.tagName(language, [:], limit: 100)
    return filter(values, tag: asked)
  }
}

extension ReadyRule.Parameter {
  func accepts(_ value: String) -> Bool {
    switch kind {
    case .number, .money: return Self.isNumber(value)
    case .percent: return Self.isNumber(value) && Int(value)! <= 100
    case .text:
      let isPlain = value.unicodeScalars.allSatisfy {
        $0 != "\"" && $0 != "\\" && $0.properties.generalCategory != .control
      }
      return !value.isEmpty && value.count <= 100 && isPlain
    }
  }

  private static func isNumber(_ value: String) -> Bool {
    (1...9).contains(value.utf8.count) && value.utf8.allSatisfy { (0x30...0x39).contains($0) }
  }
}

extension StarterSet {
  func choose(_ pt: String, _ fr: String, _ en: String) -> String {
    switch self {
    case .pt: pt
    case .fr: fr
    case .en: en
    }
  }
}

extension String {
  /// With every occurrence of a text replaced, each once: what is put in is not looked through.
  fileprivate func replacing(_ text: String, with other: String) -> String {
    var result = ""
    var rest = self[...]
    while let place = rest.firstRange(of: text) {
      result += rest[..<place.lowerBound] + other
      rest = rest[place.upperBound...]
    }
    return result + rest
  }
}

/// A ready rule as somebody takes it over.
package struct ReadyRuleDraft: Hashable, Sendable {
  package var ready: String
  package var language: StarterSet
  /// Other values than the guide's.
  package var parameters: [String: String]
  /// Another tag than its own.
  package var tag: TagID?
  /// Another name than its tag's.
  package var name: String?
  package var isEnabled: Bool

  package init(
    _ ready: String, _ language: StarterSet, parameters: [String: String] = [:],
    tag: TagID? = nil, name: String? = nil, isEnabled: Bool = false
  ) {
    self.ready = ready
    self.language = language
    self.parameters = parameters
    self.tag = tag
    self.name = name
    self.isEnabled = isEnabled
  }
}

extension State {
  /// Creates the tags that a ready rule needs and that are not there, and the rule.
  func adopt(_ draft: ReadyRuleDraft, limits: Limits) throws(Problem) -> Decision {
    let plan = try adoption(draft, limits: limits)
    // A second one for the same tag is hardly meant, unless it is given a name of its own.
    if draft.name == nil,
      let known = rules.present.first(where: {
        $0.ready == plan.ready.id && (try? current($0.tag).id) == plan.rule.tag
      })
    {
      throw .readyRuleAdopted(ready: plan.ready.id, by: known.id, rule: known.name)
    }
    var decision = Decision(events: plan.tags)
    decision.events.append(try plan.state.create(plan.rule, ready: plan.ready.id))
    return decision
  }

  /// What taking over a ready rule comes to; also asked for previews.
  package func adoption(
    _ draft: ReadyRuleDraft, limits: Limits
  ) throws(Problem) -> (ready: ReadyRule, tags: [Event], rule: RuleDraft, state: State) {
    guard let ready = ReadyRule[draft.ready] else { throw .readyRuleNotFound(draft.ready) }
    let values = try ready.values(draft.parameters)
    var scratch = self
    var created: [Event] = []
    func tag(_ rule: ReadyRule, _ values: [String: String]) throws(Problem) -> CustomerTag {
      let name = rule.tagName(draft.language, values, limit: limits.nameLength)
      if let known = scratch.tag(named: NameKey(name)) { return known }
      let event = try scratch.create(
        rule.draft(draft.language, named: name), limits: limits)
      scratch.evolve(event, at: Timestamp(microseconds: 0))
      created.append(event)
      return scratch.tag(event.tag!)!
    }
    var asked: String?
    if let other = ready.asks.flatMap({ ReadyRule[$0] }) {
      asked = try tag(other, [:]).name.text
    }
    let own: CustomerTag
    if let chosen = draft.tag {
      own = try scratch.applicable(chosen)
    } else {
      own = try tag(ready, values)
    }
    let rule = RuleDraft(
      name: draft.name ?? freeRuleName(own.name.text), tag: own.id,
      filter: ready.filter(values, tag: asked), otherwise: .remove, isEnabled: draft.isEnabled)
    return (ready, created, rule, scratch)
  }

  /// A rule is named like its tag, unless another is.
  private func freeRuleName(_ name: String) -> String {
    guard rule(named: name) != nil else { return name }
    return (2...).lazy.map { "\(name) \($0)" }.first { rule(named: $0) == nil }!
  }
}
