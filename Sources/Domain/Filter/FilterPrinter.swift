/// Writes a filter in the one canonical way; reading it again gives the same tree.
struct FilterPrinter {
  /// The name of a tag; nil for one that has none now, which stands by its number.
  let name: (TagID) -> String?

  func text(_ part: FilterPart) -> String {
    switch part {
    case .everyone: "everyone"
    case .all(let parts): parts.map(operand).joined(separator: " and ")
    case .any(let parts): parts.map(operand).joined(separator: " or ")
    case .not(let part): "not \(operand(part))"
    case .group(let grouping, let parts):
      "\(grouping.rawValue) of (\(parts.map(text).joined(separator: ", ")))"
    case .condition(let condition): text(condition)
    }
  }

  /// A part beside `and`, `or` and `not`: in brackets where it has an `and` or `or` of its own.
  private func operand(_ part: FilterPart) -> String {
    switch part {
    case .all, .any: "(\(text(part)))"
    default: text(part)
    }
  }

  func text(_ condition: FilterCondition) -> String {
    switch condition {
    case .tag(let tag): text(tag)
    case .tagged(let tag, let comparison, let duration):
      "tagged(\(text(tag)), for \(comparison.rawValue) \(duration.text))"
    case .source(let test): "source \(text(test))"
    case .rfm(let test): "rfm \(text(test))"
    case .personal(let test):
      switch test.field {
      case .need, .attribute: "\(test.field.rawValue):\(quoted(test.text))"
      case .note, .name: "\(test.field.rawValue) ~ \(quoted(test.text))"
      }
    case .compare(let figure, let comparison, let operand):
      "\(text(figure)) \(comparison.rawValue) \(text(operand))"
    case .missing(let figure, let isMissing):
      "\(text(figure)) is \(isMissing ? "missing" : "present")"
    case .bought(let scope): "bought\(text(scope))"
    case .firstOrderWithin(let duration): "first_order_within(\(duration.text))"
    case .paidWithin(let duration, let unshipped):
      "paid_within(\(duration.text)\(unshipped ? ", not shipped" : ""))"
    case .shipped: "shipped"
    case .answered(let broadcast): "answered(broadcast: \(quoted(broadcast)))"
    case .received(let broadcast): "received(broadcast: \(quoted(broadcast)))"
    case .sample(let share, let seed): "random(\(share.text)%, seed: \(seed))"
    }
  }

  private func text(_ tag: FilterTag) -> String {
    switch tag {
    case .any: "tag:\"*\""
    case .category(let category): "tag:\(quoted(category + "-*"))"
    case .id(let id):
      // A name that reads as a category, or as any tag, would mean something else.
      switch name(id) {
      case let name? where name != "*" && !name.hasSuffix("-*"): "tag:\(quoted(name))"
      default: "tag:#\(id.rawValue)"
      }
    }
  }

  private func text(_ test: FilterTextTest) -> String {
    switch test {
    case .equal(let text): "= \(quoted(text))"
    case .unequal(let text): "!= \(quoted(text))"
    case .missing: "is missing"
    case .present: "is present"
    }
  }

  func text(_ figure: FilterFigure) -> String {
    figure.kind.rawValue + text(figure.scope)
  }

  private func text(_ scope: FilterScope) -> String {
    var items: [String] = []
    if let category = scope.category { items.append("category: \(quoted(category))") }
    if let product = scope.product { items.append("product: \(quoted(product))") }
    switch scope.window {
    case .last(let length): items.append("last \(length.text)")
    case .previous(let length): items.append("previous \(length.text)")
    case .since(let date): items.append("since \(date.text)")
    case .between(let from, let to): items.append("from \(from.text) to \(to.text)")
    case nil: break
    }
    return items.isEmpty ? "" : "(\(items.joined(separator: ", ")))"
  }

  private func text(_ operand: FilterOperand) -> String {
    switch operand {
    case .number(let number): number.text
    case .percent(let number): "\(number.text)%"
    case .duration(let duration): duration.text
    case .figure(let figure, let percent):
      percent.map { "\($0.text)% of \(text(figure))" } ?? text(figure)
    }
  }

  /// In quotation marks; the marks within stand behind a backslash.
  func quoted(_ text: String) -> String {
    var quoted = String.UnicodeScalarView("\"".unicodeScalars)
    for scalar in text.unicodeScalars {
      if scalar == "\"" || scalar == "\\" { quoted.append("\\") }
      quoted.append(scalar)
    }
    quoted.append("\"")
    return String(quoted)
  }
}
