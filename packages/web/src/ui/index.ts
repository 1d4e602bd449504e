/**
 * Rollcall's own small component set, styled by Atlassian's design tokens. Screens import from here and from nowhere
 * else: no screen imports React Aria. Values and handlers follow one habit: `value` + `onChange(value)`, `isOpen` +
 * `onClose`, `onPress` for buttons. Every field takes `label` (`isLabelHidden` keeps it for screen readers),
 * `description` and `errorMessage`.
 *
 * Frame       Page, Stack, Inline, Columns, Card, Metric, Toolbar, Tabs, Stepper, Breadcrumbs
 * Actions     Button, IconButton, LinkButton, Link, ExternalLinkText, Menu, BulkBar
 * Fields      TextField, TextArea, NumberField, PasswordField, SearchField, Select, ComboBox, MultiSelect, Checkbox,
 *             RadioGroup, Switch, DatePicker, DateRangePicker, FileDrop
 * Overlays    Dialog, Drawer, Popover, AnchoredPopover, Tooltip, showFlag + FlagRegion
 * States      Lozenge, Badge, SectionMessage, Banner, ProgressBar, Spinner, Skeleton, EmptyState
 * Data        Table (short), VirtualGrid (long), DescriptionList, FilterChip, Pagination, CodeBlock, Avatar
 *
 * Text styles as class names: rc-subtle, rc-subtlest, rc-small, rc-strong, rc-numeric, rc-truncate, rc-visually-hidden.
 */
export { AnchoredPopover } from './anchored-popover.tsx';
export type { AnchoredPopoverProps } from './anchored-popover.tsx';
export { Avatar } from './avatar.tsx';
export type { AvatarProps } from './avatar.tsx';
export { Badge } from './badge.tsx';
export type { BadgeProps } from './badge.tsx';
export { Banner } from './banner.tsx';
export type { BannerProps } from './banner.tsx';
export { Breadcrumbs } from './breadcrumbs.tsx';
export type { BreadcrumbsProps } from './breadcrumbs.tsx';
export { Button } from './button.tsx';
export type { ButtonAppearance, ButtonProps } from './button.tsx';
export { Card, Metric } from './card.tsx';
export type { CardProps, MetricProps } from './card.tsx';
export { Checkbox } from './checkbox.tsx';
export type { CheckboxProps } from './checkbox.tsx';
export { classNames } from './class-names.ts';
export { CodeBlock } from './code-block.tsx';
export type { CodeBlockProps } from './code-block.tsx';
export { ComboBox } from './combo-box.tsx';
export type { ComboBoxProps } from './combo-box.tsx';
export { DatePicker, DateRangePicker } from './dates.tsx';
export type { CivilDateText, DatePickerProps } from './date-field.tsx';
export type { CivilDateRange, DateRangePickerProps } from './date-range-field.tsx';
export { DescriptionList } from './description-list.tsx';
export type { DescriptionListProps, Fact } from './description-list.tsx';
export { Dialog } from './dialog.tsx';
export type { DialogProps } from './dialog.tsx';
export { Drawer } from './drawer.tsx';
export type { DrawerProps } from './drawer.tsx';
export { EmptyState } from './empty-state.tsx';
export type { EmptyStateProps } from './empty-state.tsx';
export { FileDrop } from './file-drop.tsx';
export type { FileDropProps } from './file-drop.tsx';
export { FilterChip } from './filter-chip.tsx';
export type { FilterChipProps } from './filter-chip.tsx';
export { FlagRegion } from './flag-region.tsx';
export { showFlag } from './flags.ts';
export type { Flag, FlagTone } from './flags.ts';
export { IconButton } from './icon-button.tsx';
export type { IconButtonProps } from './icon-button.tsx';
export { Columns, Inline, Stack } from './layout.tsx';
export type { ColumnsProps, Gap, InlineProps, StackProps } from './layout.tsx';
export { ExternalLinkText, Link, LinkButton } from './link.tsx';
export type { ExternalLinkTextProps, LinkButtonProps, LinkProps } from './link.tsx';
export { Lozenge } from './lozenge.tsx';
export type { LozengeAppearance, LozengeProps } from './lozenge.tsx';
export { Menu } from './menu.tsx';
export type { MenuGroup, MenuItem, MenuProps } from './menu.tsx';
export { MultiSelect } from './multi-select.tsx';
export type { MultiSelectProps } from './multi-select.tsx';
export { NumberField } from './number-field.tsx';
export type { NumberFieldProps } from './number-field.tsx';
export type { Option } from './option.tsx';
export { Page } from './page.tsx';
export type { PageProps } from './page.tsx';
export { Pagination } from './pagination.tsx';
export type { PaginationProps } from './pagination.tsx';
export { PasswordField } from './password-field.tsx';
export { Popover } from './popover.tsx';
export type { PopoverProps } from './popover.tsx';
export { ProgressBar } from './progress-bar.tsx';
export type { ProgressBarProps } from './progress-bar.tsx';
export { RadioGroup } from './radio-group.tsx';
export type { RadioGroupProps } from './radio-group.tsx';
export { SearchField } from './search-field.tsx';
export type { SearchFieldProps } from './search-field.tsx';
export { SectionMessage } from './section-message.tsx';
export type { MessageTone, SectionMessageProps } from './section-message.tsx';
export { Select } from './select.tsx';
export type { SelectProps } from './select.tsx';
export { Skeleton } from './skeleton.tsx';
export type { SkeletonProps } from './skeleton.tsx';
export { Spinner } from './spinner.tsx';
export type { SpinnerProps } from './spinner.tsx';
export { Stepper } from './stepper.tsx';
export type { StepperProps } from './stepper.tsx';
export { Switch } from './switch.tsx';
export type { SwitchProps } from './switch.tsx';
export { Table } from './table.tsx';
export type { TableColumn, TableProps } from './table.tsx';
export { Tabs } from './tabs.tsx';
export type { TabItem, TabsProps } from './tabs.tsx';
export { TextArea } from './text-area.tsx';
export type { TextAreaProps } from './text-area.tsx';
export { TextField } from './text-field.tsx';
export type { TextFieldProps } from './text-field.tsx';
export { BulkBar, Toolbar } from './toolbar.tsx';
export type { BulkBarProps, ToolbarProps } from './toolbar.tsx';
export type { TooltipProps } from './tooltip.tsx';
export {
  VirtualGrid,
  allMatchingSelection,
  emptySelection,
  selectionCount,
} from './virtual-grid/index.ts';
export type { GridColumn, GridCursor, GridPage, GridSelection, GridSort, GridSource, VirtualGridProps } from './virtual-grid/index.ts';
