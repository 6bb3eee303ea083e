/// Everything that the program says to an operator, in three languages.
///
/// Each entry calls `say` with all three, so that none can be forgotten. What the daemon words (the
/// sentences of the change log, the details of problems) is not here; it comes in the same language.
struct Words: Sendable {
  let language: Language

  func say(en: String, pt: String, fr: String) -> String {
    switch language {
    case .english: en
    case .portuguese: pt
    case .french: fr
    }
  }

  /// Of `one` and `many`, the form that stands with `count`; French takes zero as one.
  func choose(_ count: some BinaryInteger, one: String, many: String) -> String {
    count == 1 || (count == 0 && language == .french) ? one : many
  }

  func quoted(_ name: String) -> String {
    say(en: "“\(name)”", pt: "“\(name)”", fr: "« \(name) »")
  }
}

// MARK: Numbers

extension Words {
  /// Thousands apart, as the language has it.
  func number(_ value: some BinaryInteger) -> String {
    let digits = String(value.magnitude)
    let separator = say(en: ",", pt: ".", fr: "\u{202F}")
    var grouped = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { grouped += separator }
      grouped.append(digit)
    }
    return value < 0 ? "-\(grouped)" : grouped
  }

  /// One decimal, in the decimal powers that a disk is sold by.
  func bytes(_ count: Int64) -> String {
    var units = ["kB", "MB", "GB", "TB"][...]
    guard count >= 1000 else { return "\(count) B" }
    var value = Double(count) / 1000
    while value >= 999.95, units.count > 1 {
      value /= 1000
      units.removeFirst()
    }
    let tenths = Int64((value * 10).rounded())
    return "\(number(tenths / 10))\(say(en: ".", pt: ",", fr: ","))\(tenths % 10) \(units.first!)"
  }

  /// The daemon's name of what a job counts, as a word; an unknown one stands as it is.
  func unit(_ name: String) -> String {
    switch name {
    case "rows": say(en: "rows", pt: "linhas", fr: "lignes")
    case "events": say(en: "events", pt: "eventos", fr: "événements")
    case "customers": say(en: "customers", pt: "clientes", fr: "clients")
    case "bytes": "B"
    case "steps": say(en: "steps", pt: "passos", fr: "étapes")
    default: name
    }
  }

  func customers(_ count: some BinaryInteger) -> String {
    let word = choose(
      count, one: say(en: "customer", pt: "cliente", fr: "client"),
      many: say(en: "customers", pt: "clientes", fr: "clients"))
    return "\(number(count)) \(word)"
  }

  func tags(_ count: some BinaryInteger) -> String {
    let word = choose(
      count, one: say(en: "tag", pt: "etiqueta", fr: "étiquette"),
      many: say(en: "tags", pt: "etiquetas", fr: "étiquettes"))
    return "\(number(count)) \(word)"
  }

  func timeLeft(_ clock: String) -> String {
    say(en: "\(clock) left", pt: "faltam \(clock)", fr: "reste \(clock)")
  }

  func ago(_ seconds: Int64) -> String {
    let days = seconds / 86_400
    let clock = ProgressBar.clock(.seconds(seconds % 86_400))
    guard days > 0 else { return clock }
    return "\(days) \(say(en: "d", pt: "d", fr: "j")) \(clock)"
  }
}
