import Domain

/// The words of problems about rules, in the three languages.
extension Problem {
  func ruleWords(in language: Language) -> (title: String, detail: String) {
    switch language {
    case .en: ruleEnglish
    case .fr: ruleFrench
    case .pt: rulePortuguese
    }
  }

  /// What helps to go on.
  var extrasOfRules: [String: JSON] {
    switch self {
    case .ruleNameTaken(_, let id): ["rule": .int(Int64(id.rawValue))]
    case .ruleVersionChanged(let id, let expected, let actual):
      ["rule": .int(Int64(id.rawValue)), "expected": .int(expected), "actual": .int(actual)]
    case .ruleCycle(let names): ["cycle": .array(names.map(JSON.string))]
    case .ruleTagTaken(let tag, _, let rule, _):
      ["tag": .int(Int64(tag.rawValue)), "rule": .int(Int64(rule.rawValue))]
    case .rulesTooMany(let limit): ["limit": .int(Int64(limit))]
    case .readyRuleAdopted(_, let rule, _): ["rule": .int(Int64(rule.rawValue))]
    case .readyRuleIncomplete(_, let parameter): ["parameter": .string(parameter)]
    case .readyRuleNotFound: ["known": .array(ReadyRule.all.map { .string($0.id) })]
    default: [:]
    }
  }

  private var ruleEnglish: (title: String, detail: String) {
    switch self {
    case .ruleNotFound(let text):
      ("There is no such rule", "No rule is known as “\(shown(text))”; the list tells which are.")
    case .ruleNameTaken(let name, let id):
      (
        "A rule of that name exists",
        "“\(shown(name))” reads the same as the name of rule \(id.rawValue). Choose another."
      )
    case .ruleVersionChanged(let id, let expected, let actual):
      (
        "The rule has changed meanwhile",
        "You have seen version \(expected) of rule \(id.rawValue); it is at \(actual) now. "
          + "Look at it again, then decide."
      )
    case .ruleCycle(let names):
      (
        "The rules would depend on each other in a circle",
        names.map { "“\($0)”" }.joined(separator: " → ")
          + ". Leave the tag of one of them out of the filter of the next."
      )
    case .ruleTagTaken(_, let tag, _, let rule):
      (
        "Another rule decides that tag",
        "The rule “\(shown(rule))”, which is switched on, decides “\(shown(tag))”. "
          + "Put both filters into one, with “or”, or switch the other off."
      )
    case .ruleFilterPersonal:
      (
        "A rule cannot ask about sealed fields",
        "Notes, names, needs and attributes are sealed, so that no rule can wait for them."
      )
    case .readyRuleAdopted(let ready, let id, let name):
      (
        "The ready rule has been taken over already",
        "The rule “\(shown(name))” (\(id.rawValue)) has been made from \(ready), for the same tag. "
          + "Switch it on with “rule enable”, change it with “rule revise”, or give the second one a "
          + "name of its own."
      )
    case .readyRuleIncomplete(let ready, let parameter):
      (
        "The ready rule needs a word of your own",
        "\(ready) needs “\(parameter)”: say --set \(parameter)=NAME, or “parameters” in the request."
      )
    case .rulesTooMany(let limit):
      ("There are too many rules", "At most \(limit) are kept. Remove one that nobody needs.")
    default:
      (
        "There is no such ready rule",
        "\(ReadyRule.all.map(\.id).joined(separator: ", ")) are there."
      )
    }
  }

  private var ruleFrench: (title: String, detail: String) {
    switch self {
    case .ruleNotFound(let text):
      (
        "Cette règle n’existe pas",
        "Aucune règle ne s’appelle « \(shown(text)) » ; la liste dit lesquelles existent."
      )
    case .ruleNameTaken(let name, let id):
      (
        "Une règle de ce nom existe",
        "« \(shown(name)) » se lit comme le nom de la règle \(id.rawValue). Choisissez-en un autre."
      )
    case .ruleVersionChanged(let id, let expected, let actual):
      (
        "La règle a changé entre-temps",
        "Vous avez vu la version \(expected) de la règle \(id.rawValue) ; elle en est à \(actual). "
          + "Regardez-la de nouveau, puis décidez."
      )
    case .ruleCycle(let names):
      (
        "Les règles dépendraient l’une de l’autre en cercle",
        names.map { "« \($0) »" }.joined(separator: " → ")
          + ". Retirez l’étiquette de l’une d’elles du filtre de la suivante."
      )
    case .ruleTagTaken(_, let tag, _, let rule):
      (
        "Une autre règle décide de cette étiquette",
        "La règle « \(shown(rule)) », qui est en marche, décide de « \(shown(tag)) ». "
          + "Réunissez les deux filtres avec « or », ou arrêtez l’autre."
      )
    case .ruleFilterPersonal:
      (
        "Une règle ne peut pas interroger les champs scellés",
        "Notes, noms, besoins et attributs sont scellés : aucune règle ne peut les attendre."
      )
    case .readyRuleAdopted(let ready, let id, let name):
      (
        "La règle toute prête a déjà été reprise",
        "La règle « \(shown(name)) » (\(id.rawValue)) vient de \(ready), pour la même étiquette. "
          + "Mettez-la en marche avec « rule enable », changez-la avec « rule revise », ou donnez à "
          + "la seconde un nom à elle."
      )
    case .readyRuleIncomplete(let ready, let parameter):
      (
        "La règle toute prête attend un mot de chez vous",
        "\(ready) attend « \(parameter) » : --set \(parameter)=NOM, ou « parameters » dans la requête."
      )
    case .rulesTooMany(let limit):
      ("Il y a trop de règles", "\(limit) au plus sont gardées. Retirez-en une qui ne sert plus.")
    default:
      (
        "Cette règle toute prête n’existe pas",
        "Il y a \(ReadyRule.all.map(\.id).joined(separator: ", "))."
      )
    }
  }

  private var rulePortuguese: (title: String, detail: String) {
    switch self {
    case .ruleNotFound(let text):
      (
        "Essa regra não existe",
        "Nenhuma regra se chama “\(shown(text))”; a lista diz quais existem."
      )
    case .ruleNameTaken(let name, let id):
      (
        "Já existe uma regra com esse nome",
        "“\(shown(name))” se lê como o nome da regra \(id.rawValue). Escolha outro."
      )
    case .ruleVersionChanged(let id, let expected, let actual):
      (
        "A regra mudou nesse meio-tempo",
        "Você viu a versão \(expected) da regra \(id.rawValue); agora ela está na \(actual). "
          + "Olhe de novo e depois decida."
      )
    case .ruleCycle(let names):
      (
        "As regras dependeriam umas das outras em círculo",
        names.map { "“\($0)”" }.joined(separator: " → ")
          + ". Tire a etiqueta de uma delas do filtro da seguinte."
      )
    case .ruleTagTaken(_, let tag, _, let rule):
      (
        "Outra regra decide essa etiqueta",
        "A regra “\(shown(rule))”, que está ligada, decide “\(shown(tag))”. "
          + "Junte os dois filtros com “or”, ou desligue a outra."
      )
    case .ruleFilterPersonal:
      (
        "Uma regra não pode perguntar por campos lacrados",
        "Notas, nomes, necessidades e atributos são lacrados: nenhuma regra pode esperar por eles."
      )
    case .readyRuleAdopted(let ready, let id, let name):
      (
        "A regra pronta já foi adotada",
        "A regra “\(shown(name))” (\(id.rawValue)) foi feita de \(ready), para a mesma etiqueta. "
          + "Ligue-a com “rule enable”, altere-a com “rule revise”, ou dê um nome próprio à segunda."
      )
    case .readyRuleIncomplete(let ready, let parameter):
      (
        "A regra pronta precisa de uma palavra sua",
        "\(ready) precisa de “\(parameter)”: use --set \(parameter)=NOME, ou “parameters” no pedido."
      )
    case .rulesTooMany(let limit):
      ("Há regras demais", "São guardadas no máximo \(limit). Remova uma que ninguém usa.")
    default:
      (
        "Essa regra pronta não existe",
        "Existem \(ReadyRule.all.map(\.id).joined(separator: ", "))."
      )
    }
  }
}
