package server

import (
	"github.com/vektah/gqlparser/v2/validator/core"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

// withoutSuggestions replaces, by rule name, the rules that answer "Did you
// mean": they tell names of the schema to whoever guesses.
var withoutSuggestions = map[string]core.RuleFunc{
	rules.FieldsOnCorrectTypeRule.Name: rules.FieldsOnCorrectTypeRuleWithoutSuggestions.RuleFunc,
	rules.KnownArgumentNamesRule.Name:  rules.KnownArgumentNamesRuleWithoutSuggestions.RuleFunc,
	rules.KnownTypeNamesRule.Name:      rules.KnownTypeNamesRuleWithoutSuggestions.RuleFunc,
	rules.ScalarLeafsRule.Name:         rules.ScalarLeafsRuleWithoutSuggestions.RuleFunc,
	rules.ValuesOfCorrectTypeRule.Name: rules.ValuesOfCorrectTypeRuleWithoutSuggestions.RuleFunc,
}

// validationRules returns the rules for validating one document. Together they
// report at most maxErrors errors, unless it is negative.
func validationRules(hideSuggestions bool, maxErrors int) *rules.Rules {
	set := rules.NewRules()
	reported := 0
	for name, rule := range rules.NewDefaultRules().GetInner() {
		if replacement, suggests := withoutSuggestions[name]; hideSuggestions && suggests {
			rule = replacement
		}
		set.AddRule(name, func(observers *core.Events, addError core.AddErrFunc) {
			rule(observers, func(options ...core.ErrorOption) {
				reported++
				if !exceeds(reported, maxErrors) {
					addError(options...)
				}
			})
		})
	}
	return set
}
