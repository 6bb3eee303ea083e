import APITypes

// What was done, or would be.
extension Words {
  /// How often a tag has been used, as far as has been recorded.
  func tell(_ use: TagUseReport) -> String {
    let last = LocalTime(use.last)?.shown(language) ?? use.last
    let (filters, exports) = (number(use.filters), number(use.exports))
    return say(
      en: "in filters \(filters) times, in exports \(exports); last \(last)",
      pt: "em filtros \(filters) vezes, em exportações \(exports); por último \(last)",
      fr: "dans des filtres \(filters) fois, dans des exports \(exports) ; dernier \(last)")
  }

  var preview: String {
    say(
      en: "Preview; nothing has been changed. It would say:",
      pt: "Prévia; nada foi alterado. O resultado seria:",
      fr: "Aperçu ; rien n’a été modifié. Le résultat serait :")
  }

  var unchanged: String {
    say(
      en: "Nothing to do: it is so already.", pt: "Nada a fazer: já está assim.",
      fr: "Rien à faire : c’est déjà le cas.")
  }

  func created(_ name: String, id: Int32) -> String {
    say(
      en: "Created tag \(quoted(name)) (id \(id)).",
      pt: "Etiqueta \(quoted(name)) criada (id \(id)).",
      fr: "Étiquette \(quoted(name)) créée (id \(id)).")
  }

  func renamed(_ old: String, to name: String) -> String {
    say(
      en: "Renamed \(quoted(old)) to \(quoted(name)).",
      pt: "\(quoted(old)) agora se chama \(quoted(name)).",
      fr: "\(quoted(old)) s’appelle désormais \(quoted(name)).")
  }

  func recolored(_ name: String, _ color: String) -> String {
    say(
      en: "\(quoted(name)) now has the colour \(color).",
      pt: "\(quoted(name)) agora tem a cor \(color).",
      fr: "\(quoted(name)) a maintenant la couleur \(color).")
  }

  func recolored(category: String, _ count: Int) -> String {
    say(
      en: "Recoloured \(tags(count)) of category \(quoted(category)).",
      pt: "Nova cor em \(tags(count)) da categoria \(quoted(category)).",
      fr: "Nouvelle couleur pour \(tags(count)) de la catégorie \(quoted(category)).")
  }

  func revised(_ name: String) -> String {
    say(
      en: "Revised \(quoted(name)).", pt: "\(quoted(name)): alterações gravadas.",
      fr: "\(quoted(name)) : modifications enregistrées.")
  }

  func archived(_ name: String) -> String {
    say(
      en: "Archived \(quoted(name)): customers keep it, nobody new gets it.",
      pt: "\(quoted(name)) arquivada: quem tem, mantém; ninguém mais recebe.",
      fr: "\(quoted(name)) archivée : qui l’a la garde, personne d’autre ne la reçoit.")
  }

  func restored(_ name: String) -> String {
    say(
      en: "Restored \(quoted(name)).", pt: "\(quoted(name)) voltou a valer.",
      fr: "\(quoted(name)) est de nouveau en service.")
  }

  func deleted(_ name: String, _ count: Int) -> String {
    say(
      en: "Deleted \(quoted(name)); \(customers(count)) lost it.",
      pt: "\(quoted(name)) excluída; perdida por \(customers(count)).",
      fr: "\(quoted(name)) supprimée ; perdue pour \(customers(count)).")
  }

  func merged(_ source: String, into target: String, _ figures: String) -> String {
    say(
      en: "Merged \(quoted(source)) into \(quoted(target)): \(figures).",
      pt: "\(quoted(source)) unido a \(quoted(target)): \(figures).",
      fr: "\(quoted(source)) fusionné dans \(quoted(target)) : \(figures).")
  }

  /// What a merge moves, finds there already, and takes away as a set allows one tag only.
  func figures(of receipt: MergeReceipt) -> String {
    let figures = movedAndCollapsed(receipt.moved, receipt.collapsed)
    guard receipt.displaced > 0 else { return figures }
    return "\(figures), \(displacedCount(receipt.displaced))"
  }

  func movedAndCollapsed(_ moved: Int, _ collapsed: Int) -> String {
    let goes = say(
      en: "moved", pt: choose(moved, one: "passou", many: "passaram"),
      fr: choose(moved, one: "déplacé", many: "déplacés"))
    let has = say(
      en: "collapsed", pt: choose(collapsed, one: "já tinha", many: "já tinham"),
      fr: choose(collapsed, one: "l’avait déjà", many: "l’avaient déjà"))
    return "\(number(moved)) \(goes), \(number(collapsed)) \(has)"
  }

  func starter(_ created: Int, skipped: [String]) -> String {
    let there = skipped.map(quoted).joined(separator: ", ")
    let rest =
      skipped.isEmpty
      ? ""
      : say(en: " Already there: \(there).", pt: " Já havia: \(there).", fr: " Déjà là : \(there).")
    return say(
      en: "Created \(tags(created)).\(rest)", pt: "Etiquetas criadas: \(number(created)).\(rest)",
      fr: "Étiquettes créées : \(number(created)).\(rest)")
  }

  func applied(_ name: String, _ figures: String) -> String {
    say(
      en: "Applied \(quoted(name)): \(figures).", pt: "\(quoted(name)) aplicada: \(figures).",
      fr: "\(quoted(name)) appliquée : \(figures).")
  }

  func removed(_ name: String, _ figures: String) -> String {
    say(
      en: "Removed \(quoted(name)): \(figures).", pt: "\(quoted(name)) retirada: \(figures).",
      fr: "\(quoted(name)) enlevée : \(figures).")
  }

  func unchangedCount(_ count: Int) -> String {
    say(
      en: "\(number(count)) unchanged", pt: "\(number(count)) sem mudança",
      fr: "\(number(count)) sans changement")
  }

  func displacedCount(_ count: Int) -> String {
    say(
      en: "another of the set removed: \(number(count))",
      pt: "outra do conjunto retirada: \(number(count))",
      fr: "une autre de l’ensemble enlevée : \(number(count))")
  }

  func customerRegistered(_ name: String?, id: Int32) -> String {
    let who = name.map { "\(quoted($0)) " } ?? ""
    return say(
      en: "Registered customer \(who)(id \(id)).", pt: "Cliente \(who)cadastrado (id \(id)).",
      fr: "Client \(who)enregistré (id \(id)).")
  }

  var noneFound: String {
    say(en: "Nothing found.", pt: "Nada encontrado.", fr: "Rien trouvé.")
  }

  func more(_ count: Int) -> String {
    say(
      en: "The first \(number(count)); --limit or --all shows more.",
      pt: "Os primeiros \(number(count)); --limit ou --all mostra mais.",
      fr: "Les \(number(count)) premiers ; --limit ou --all en montre plus.")
  }

  func saved(_ path: String, _ size: String) -> String {
    say(
      en: "Wrote \(path) (\(size)).", pt: "\(path) gravado (\(size)).",
      fr: "\(path) écrit (\(size)).")
  }

  func why(_ kind: String, file: String?, person: String?) -> String {
    let told = person.map { " (\($0))" } ?? ""
    return switch kind {
    case "hand": say(en: "by hand", pt: "à mão", fr: "à la main")
    case "import":
      say(en: "import", pt: "importação", fr: "import") + (file.map { " \($0)" } ?? "") + told
    case "tag_merge": say(en: "tags merged", pt: "etiquetas unidas", fr: "étiquettes fusionnées")
    case "customer_merge":
      say(en: "customers merged", pt: "clientes unidos", fr: "clients fusionnés")
    default: kind
    }
  }
}
