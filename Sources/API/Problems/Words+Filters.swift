import Domain

/// What helps to go on where a filter is what is wrong, and its words in the three languages.
extension Problem {
  var extrasOfFilter: [String: JSON] {
    switch self {
    case .filterInvalid(let position, let found, let expected):
      [
        "position": .int(Int64(position)), "found": .string(shown(found)),
        "expected": .array(expected.map { .string($0.code) }),
      ]
    case .filterTagUnknown(let name, let position, let suggestions):
      [
        "position": .int(Int64(position)), "found": .string(shown(name)),
        "suggestions": .array(suggestions.map(JSON.string)),
      ]
    case .filterTooLarge(let limit):
      ["of": .string(limit.rawValue), "limit": .int(Int64(limit.value))]
    default: [:]
    }
  }

  func filterWords(in language: Language) -> (title: String, detail: String) {
    switch language {
    case .en: filterEnglish
    case .fr: filterFrench
    case .pt: filterPortuguese
    }
  }

  private var filterEnglish: (title: String, detail: String) {
    switch self {
    case .filterInvalid(let position, let found, let expected):
      (
        "The filter cannot be understood",
        (found.isEmpty
          ? position == 1 ? "It is empty" : "It ends too early, at character \(position)"
          : "At character \(position) stands “\(shown(found))”")
          + ". Expected: \(expected.list(or: "or", \.english))."
      )
    case .filterTagUnknown(let name, let position, let suggestions):
      (
        "The filter names a tag that does not exist",
        "No tag is called “\(shown(name))” (character \(position))."
          + (suggestions.isEmpty
            ? "" : " Perhaps: \(suggestions.map { "“\($0)”" }.joined(separator: ", ")).")
      )
    case .filterTooLarge(.characters):
      ("The filter is too long", "It has at most \(FilterLimit.characters.value) characters.")
    case .filterTooLarge(.depth):
      (
        "The filter is too deep",
        "Brackets and “not” stand within each other at most \(FilterLimit.depth.value) times."
      )
    case .filterTooLarge(.conditions):
      (
        "The filter has too many conditions",
        "It has at most \(FilterLimit.conditions.value) conditions such as orders > 3."
      )
    case .filterTooLarge(.columns):
      ("There are too many columns", "At most \(FilterLimit.columns.value) are allowed.")
    default:
      (
        "The filter asks for personal fields",
        "Needs, attributes, notes and names are sealed. What runs by itself cannot ask for them; "
          + "give those customers a tag, and ask for the tag."
      )
    }
  }

  private var filterFrench: (title: String, detail: String) {
    switch self {
    case .filterInvalid(let position, let found, let expected):
      (
        "Le filtre ne se comprend pas",
        (found.isEmpty
          ? position == 1 ? "Il est vide" : "Il finit trop tôt, au caractère \(position)"
          : "Au caractère \(position) se trouve « \(shown(found)) »")
          + ". Attendu : \(expected.list(or: "ou", \.french))."
      )
    case .filterTagUnknown(let name, let position, let suggestions):
      (
        "Le filtre nomme une étiquette qui n’existe pas",
        "Aucune étiquette ne s’appelle « \(shown(name)) » (caractère \(position))."
          + (suggestions.isEmpty
            ? "" : " Peut-être : \(suggestions.map { "« \($0) »" }.joined(separator: ", ")).")
      )
    case .filterTooLarge(.characters):
      ("Le filtre est trop long", "\(FilterLimit.characters.value) caractères au plus.")
    case .filterTooLarge(.depth):
      (
        "Le filtre est trop profond",
        "Parenthèses et « not » s’emboîtent \(FilterLimit.depth.value) fois au plus."
      )
    case .filterTooLarge(.conditions):
      (
        "Le filtre a trop de conditions",
        "\(FilterLimit.conditions.value) conditions au plus, comme orders > 3."
      )
    case .filterTooLarge(.columns):
      ("Il y a trop de colonnes", "\(FilterLimit.columns.value) au plus sont permises.")
    default:
      (
        "Le filtre demande des champs personnels",
        "Besoins, attributs, notes et noms sont scellés. Ce qui tourne tout seul ne peut pas les "
          + "demander ; donnez une étiquette à ces clients et demandez l’étiquette."
      )
    }
  }

  private var filterPortuguese: (title: String, detail: String) {
    switch self {
    case .filterInvalid(let position, let found, let expected):
      (
        "Não dá para entender o filtro",
        (found.isEmpty
          ? position == 1 ? "Está vazio" : "Ele acaba cedo demais, no caractere \(position)"
          : "No caractere \(position) está “\(shown(found))”")
          + ". Esperado: \(expected.list(or: "ou", \.portuguese))."
      )
    case .filterTagUnknown(let name, let position, let suggestions):
      (
        "O filtro cita uma etiqueta que não existe",
        "Nenhuma etiqueta se chama “\(shown(name))” (caractere \(position))."
          + (suggestions.isEmpty
            ? "" : " Talvez: \(suggestions.map { "“\($0)”" }.joined(separator: ", ")).")
      )
    case .filterTooLarge(.characters):
      ("O filtro é comprido demais", "No máximo \(FilterLimit.characters.value) caracteres.")
    case .filterTooLarge(.depth):
      (
        "O filtro é profundo demais",
        "Parênteses e “not” ficam um dentro do outro no máximo \(FilterLimit.depth.value) vezes."
      )
    case .filterTooLarge(.conditions):
      (
        "O filtro tem condições demais",
        "No máximo \(FilterLimit.conditions.value) condições, como orders > 3."
      )
    case .filterTooLarge(.columns):
      ("Há colunas demais", "São permitidas no máximo \(FilterLimit.columns.value).")
    default:
      (
        "O filtro pergunta por campos pessoais",
        "Necessidades, atributos, notas e nomes são selados. O que roda sozinho não pode perguntar "
          + "por eles; dê uma etiqueta a esses clientes e pergunte pela etiqueta."
      )
    }
  }
}

extension [FilterExpectation] {
  /// "a, b or c".
  fileprivate func list(or: String, _ words: (FilterExpectation) -> String) -> String {
    let items = map(words)
    guard items.count > 1, let last = items.last else { return items.first ?? "" }
    return items.dropLast().joined(separator: ", ") + " \(or) " + last
  }
}

extension FilterExpectation {
  fileprivate var english: String {
    switch self {
    case .word(let word): word
    case .kind(let kind):
      switch kind {
      case .condition: "a condition, such as tag:\"VIP\" or orders >= 3"
      case .end: "the end"
      case .text: "a text in quotation marks"
      case .number: "a number, such as 3"
      case .amount: "an amount, such as 15000 or 99.90"
      case .percentage: "a percentage, such as 80%"
      case .duration: "a length of time, such as 90d, 24h or 30min"
      case .day: "a day, such as 2026-01-31"
      case .days: "a number of days, at most \(FilterDuration.longestDays)"
      case .share: "a percentage from 0% to 100%"
      case .laterDay: "a day behind the first"
      case .comparison: "=, !=, <, <=, >, >=, “is missing” or “is present”"
      case .order: "<, <=, > or >="
      case .window:
        "a time, such as last 90d, previous 60d, since 2026-01-01 or from 2026-01-01 to 2026-02-01"
      case .length: "last or previous and a length of time, such as last 60d"
      case .likeFigure: "a figure that is counted alike"
      case .tag: "the name of a tag"
      case .figure: "a figure, such as spent or orders(last 90d)"
      }
    }
  }

  fileprivate var french: String {
    switch self {
    case .word(let word): word
    case .kind(let kind):
      switch kind {
      case .condition: "une condition, comme tag:\"VIP\" ou orders >= 3"
      case .end: "la fin"
      case .text: "un texte entre guillemets"
      case .number: "un nombre, comme 3"
      case .amount: "un montant, comme 15000 ou 99.90"
      case .percentage: "un pourcentage, comme 80%"
      case .duration: "une durée, comme 90d, 24h ou 30min"
      case .day: "un jour, comme 2026-01-31"
      case .days: "un nombre de jours, \(FilterDuration.longestDays) au plus"
      case .share: "un pourcentage de 0% à 100%"
      case .laterDay: "un jour après le premier"
      case .comparison: "=, !=, <, <=, >, >=, « is missing » ou « is present »"
      case .order: "<, <=, > ou >="
      case .window:
        "un temps, comme last 90d, previous 60d, since 2026-01-01 ou from 2026-01-01 to 2026-02-01"
      case .length: "last ou previous et une durée, comme last 60d"
      case .likeFigure: "un chiffre qui se compte de même"
      case .tag: "le nom d’une étiquette"
      case .figure: "un chiffre, comme spent ou orders(last 90d)"
      }
    }
  }

  fileprivate var portuguese: String {
    switch self {
    case .word(let word): word
    case .kind(let kind):
      switch kind {
      case .condition: "uma condição, como tag:\"VIP\" ou orders >= 3"
      case .end: "o fim"
      case .text: "um texto entre aspas"
      case .number: "um número, como 3"
      case .amount: "um valor, como 15000 ou 99.90"
      case .percentage: "uma porcentagem, como 80%"
      case .duration: "uma duração, como 90d, 24h ou 30min"
      case .day: "um dia, como 2026-01-31"
      case .days: "um número de dias, no máximo \(FilterDuration.longestDays)"
      case .share: "uma porcentagem de 0% a 100%"
      case .laterDay: "um dia depois do primeiro"
      case .comparison: "=, !=, <, <=, >, >=, “is missing” ou “is present”"
      case .order: "<, <=, > ou >="
      case .window:
        "um tempo, como last 90d, previous 60d, since 2026-01-01 ou from 2026-01-01 to 2026-02-01"
      case .length: "last ou previous e uma duração, como last 60d"
      case .likeFigure: "um indicador que se conta do mesmo modo"
      case .tag: "o nome de uma etiqueta"
      case .figure: "um indicador, como spent ou orders(last 90d)"
      }
    }
  }
}
